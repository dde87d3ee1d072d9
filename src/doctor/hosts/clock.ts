import { header, type Answer } from '../../targets/reply.js';
import { notTried, ok, warning } from '../line.js';
import type { HostCheck } from './check.js';

/** So many seconds our clock and that of the host may differ. */
const MOST_SECONDS = 60;

/** Our clock against that of the host: a token that is good already seems to have run out, or not to be good yet. */
export const clock: HostCheck = {
  name: 'clock',
  needs: ['connection'],
  run: async ({ survey }) => {
    await survey.tokens();
    if (survey.answers().length === 0) await survey.unknown();
    const dated = survey.answers().flatMap((answer) => offsetOf(answer) ?? []);
    const [seconds] = dated;
    if (survey.answers().length === 0) return [notTried('no answer came')];
    if (seconds === undefined) return [notTried('the host sends no Date header')];
    const size = Math.abs(seconds);
    if (size <= MOST_SECONDS)
      return [ok(`our clock and that of the host differ by at most ${Math.ceil(size)} s`)];
    return [
      warning(
        `our clock is ${Math.round(size)} s ${seconds > 0 ? 'behind' : 'ahead of'} that of the host`,
        'Synchronise the clock of this machine with a time server. Until then tokens seem to be expired, or not valid yet.',
      ),
    ];
  },
};

/**
 * How far the clock of the host is ahead of ours, in seconds; as little as the time that the answer took allows. A Date
 * has whole seconds (RFC 9110, section 5.6.7).
 */
function offsetOf(answer: Answer): number | undefined {
  const date = Date.parse(header(answer, 'date') ?? '');
  if (Number.isNaN(date)) return undefined;
  const asked = answer.at.getTime();
  const earliest = (date - asked - answer.durationMs) / 1000;
  const latest = (date + 1000 - asked) / 1000;
  return earliest > 0 ? earliest : latest < 0 ? latest : 0;
}
