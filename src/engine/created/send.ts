import type { SeenReply } from '../../drive/seen.js';
import type { Probe } from '../../probe/build.js';
import type { Reply } from '../../targets/reply.js';
import type { AskedStep, Asking } from '../observation.js';
import type { Ready } from '../ready.js';
import type { Made } from './made.js';

/** Sends a request that reads or removes a thing of the run. @returns undefined where it was not let out */
export async function sendReady(
  { request, path, operation }: Ready,
  purpose: string,
  repeatable: boolean,
  asking: Asking,
): Promise<SeenReply | undefined> {
  const probe: Probe = {
    operation: operation.id,
    role: 'control',
    purpose,
    request,
    shown: asking.target.baseUrl + path.shown,
  };
  const came = await asking.conversation.ask(probe, {
    token: 'valid',
    repeatable,
    evenWhenStopped: true,
    ...(operation.safe ? {} : { kind: 'removal', atMost: 'full' }),
  });
  return 'withheld' in came ? undefined : came;
}

/** That nothing was sent: for what it was sent for, the same as no answer. */
const WITHHELD: Reply = {
  kind: 'no-answer',
  at: new Date(0),
  durationMs: 0,
  code: 'WITHHELD',
  phase: 'aborted',
};

/** Sends such a request, and keeps what came of it with the creation. */
export async function send(
  by: AskedStep,
  ready: Ready,
  purpose: string,
  repeatable: boolean,
  asking: Asking,
): Promise<Reply> {
  const came = await sendReady(ready, purpose, repeatable, asking);
  if (!came) return WITHHELD;
  by.after = [...(by.after ?? []), came.exchange];
  return came.reply;
}

/** Reads a thing of the run. */
export async function read({ by, reading }: Made, purpose: string, asking: Asking): Promise<Reply> {
  if (!reading) throw new Error('nothing reads it');
  return send(by, reading, purpose, true, asking);
}

/** How long what a host lags behind is waited for, look after look: three seconds in all. */
export const WAITS_MS: readonly number[] = [300, 600, 900, 1200];
