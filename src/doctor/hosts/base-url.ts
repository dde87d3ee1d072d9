import { isSuccess } from '../../targets/reply.js';
import { error, notTried, ok, warning } from '../line.js';
import type { HostCheck } from './check.js';

/** Whether the paths of the contract are below the base URL, or below another one of the same host. */
export const baseUrl: HostCheck = {
  name: 'base-url',
  needs: ['connection', 'token'],
  run: async ({ survey, target }) => {
    const unknown = await survey.unknown();
    if (unknown.kind === 'done' && isSuccess(unknown.result.seen.exchange.status)) {
      return [notTried('the host answers every path with a success')];
    }
    const { asked, works } = await survey.reads();
    if (works !== undefined)
      return [ok(`the paths of the contract are below ${target.baseUrl}: ${works} works`)];
    if (asked.length === 0)
      return [notTried('no operation can be asked that changes nothing and needs no id')];
    const came = await survey.otherBase();
    if (came.kind === 'not-applicable') return [notTried(`nothing works below it, and ${came.why}`)];
    if (came.kind === 'not-done') return [notTried('not every request for it could be sent')];
    const other = came.result;
    if (!other) return [ok('nothing works below it, nor below the other base URLs that were tried')];
    const remedy = `Write baseUrl: ${other.baseUrl} for “${target.name}” in targets.yaml.`;
    return [
      other.works
        ? error(
            `the base URL is wrong: nothing works below it, and below ${other.baseUrl} ${other.operation} does`,
            remedy,
          )
        : warning(
            `nothing works below the base URL, and below ${other.baseUrl} ${other.operation} is answered differently from an unknown path (${other.seen.exchange.status ?? 'no answer'})`,
            remedy,
          ),
    ];
  },
};
