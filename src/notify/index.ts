import { Problem } from '../problem.js';
import { commandNotifier } from './command.js';
import { desktopNotifier } from './desktop.js';
import { httpNotifier } from './http.js';
import { issueNotifier } from './issue.js';
import type { Means, Notifier } from './notifier.js';
import { nameOf, type NotifierEntry } from './settings.js';

/** What the command line says to notify nobody. */
export const NOBODY = 'none';

/**
 * The notifiers of a configuration.
 * @param chosen names; undefined for all that are configured. `desktop` needs no entry, `none` stands for nobody
 * @throws Problem when a name is not known
 */
export function createNotifiers(
  entries: readonly NotifierEntry[],
  chosen: readonly string[] | undefined,
  means: Means,
): Notifier[] {
  if (chosen?.includes(NOBODY)) return [];
  const known = new Map(entries.map((entry) => [nameOf(entry), entry]));
  const built = (name: string): Notifier => {
    const entry = known.get(name);
    if (entry) return notifierOf(name, entry, means);
    if (name === 'desktop') return desktopNotifier(name, means);
    throw new Problem('CONFORM_E_NOTIFIER_UNKNOWN', `there is no notifier “${name}”`, {
      remedy: `Notifiers are: ${[...new Set([...known.keys(), 'desktop']), NOBODY].join(', ')}.`,
    });
  };
  return [...new Set(chosen ?? known.keys())].map(built);
}

function notifierOf(name: string, entry: NotifierEntry, means: Means): Notifier {
  if ('issue' in entry) return issueNotifier(name, entry.issue, means);
  if ('command' in entry) return commandNotifier(name, entry.command, means);
  if ('http' in entry) return httpNotifier(name, entry.http, means);
  return desktopNotifier(name, means);
}
