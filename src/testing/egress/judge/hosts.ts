import type { Evidence } from '../evidence.js';
import type { Rule } from '../rules.js';
import type { Seen } from '../seen.js';

/** What another host than that of the target was asked and shown. */
export function* hosts({ phases, setUp }: Evidence): Generator<{ rule: Rule; seen: Seen }> {
  for (const seen of phases.flatMap((phase) => phase.seen)) {
    if (seen.server !== 'elsewhere') continue;
    if (seen.carriesSecret) yield { rule: 'secret to another host', seen };
    if (!setUp.otherHost) yield { rule: 'request to another host', seen };
    else if (seen.unsafe) yield { rule: 'write to another host of the vendor', seen };
  }
}
