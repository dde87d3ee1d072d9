import { error, notTried, ok, warning } from '../line.js';
import { isInClear } from './address.js';
import type { HostCheck } from './check.js';

/** A token that is good for less is renewed all the time. */
const SHORT_SECONDS = 120;

/** Whether the token endpoint gives a token, and for how long. */
export const token: HostCheck = {
  name: 'token',
  needs: ['connection'],
  run: async ({ survey, target, missing }) => {
    if (isInClear(target.baseUrl)) return [notTried('the address is http: credentials would go unencrypted')];
    if (missing.length > 0) return [notTried(`${missing.join(', ')} is missing`)];
    const came = await survey.tokens();
    switch (came.kind) {
      case 'none-needed':
        return [ok('the credentials of the target are sent as they are; no token has to be asked for')];
      case 'stopped':
        return [notTried('the command was stopped')];
      case 'refused':
        return [
          error(
            `the token endpoint gives no token: ${came.verdict.explanation}`,
            came.verdict.fix ?? `Check the credentials: conform auth --target ${target.name}.`,
          ),
        ];
      case 'given':
        return came.lifetimes.map((seconds) => {
          if (seconds === undefined)
            return ok('the token endpoint gives a token, but does not say how long it is valid');
          const found = `the token endpoint gives a token that is valid for ${seconds} s`;
          return seconds < SHORT_SECONDS
            ? warning(
                found,
                'Ask the operator of the endpoint for one that is valid for some minutes at least.',
              )
            : ok(found);
        });
    }
  },
};
