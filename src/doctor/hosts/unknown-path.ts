import { isSuccess } from '../../targets/reply.js';
import { error, notTried, ok, warning } from '../line.js';
import type { HostCheck } from './check.js';

/** What the host says of a path that nobody can have routed: every refusal is held against that. */
export const unknownPath: HostCheck = {
  name: 'unknown-path',
  needs: ['connection'],
  run: async ({ survey, signal }) => {
    const came = await survey.unknown();
    if (came.kind === 'not-applicable') return [notTried(came.why)];
    if (came.kind === 'not-done' || signal.aborted)
      return [notTried(signal.aborted ? 'the command was stopped' : 'the request was not let out')];
    const { seen, steady } = came.result;
    const { status, failure } = seen.exchange;
    if (status === null) {
      return [
        error(
          `the host takes the connection and gives no answer (${failure ?? 'unknown'})`,
          'Check scheme and port in targets.yaml, and whether the host is up.',
          3,
        ),
      ];
    }
    if (isSuccess(status)) {
      return [
        warning(
          `a path that does not exist is answered with a success (${status}): a success proves no route here`,
          'Check that the base URL is that of the API, and not of a web site.',
        ),
      ];
    }
    if (steady === 'no') {
      return [
        warning(
          `two paths that do not exist are answered differently (${status}): routes that are missing cannot be recognised with certainty`,
          'Run it again; several servers behind one name may be of different versions.',
        ),
      ];
    }
    return [ok(`a path that does not exist is answered ${status}, the same way each time`)];
  },
};
