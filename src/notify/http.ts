import { createHmac } from 'node:crypto';
import { Problem } from '../problem.js';
import type { Means, Notifier } from './notifier.js';
import { isPrivateWay } from './post.js';
import type { HttpSettings } from './settings.js';

/** The header that the signature is in: `t=SECONDS,v1=HEX`. */
export const SIGNATURE_HEADER = 'x-conform-signature';

/**
 * The signature of a body: HMAC-SHA-256 (RFC 2104) of the time, a full stop and the body, so that neither can be
 * exchanged. Who receives it computes the same, compares in constant time, and refuses what is older than some minutes.
 * @param seconds since 1970
 */
export function signatureOf(body: string, secret: string, seconds: number): string {
  const digest = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${digest}`;
}

/** The message as JSON, sent to an address by POST and signed. */
export function httpNotifier(
  name: string,
  settings: HttpSettings,
  { environment, secrets, clock, post }: Means,
): Notifier {
  const valueOf = (variable: string): string => {
    const value = environment[variable] ?? '';
    if (value === '')
      throw new Problem('CONFORM_E_NOTIFIER_VARIABLE_MISSING', `the variable ${variable} is not set`, {
        remedy: 'Set it, or leave this notifier out with --notify.',
      });
    secrets.add(value);
    return value;
  };
  return {
    name,
    deliver: async (message) => {
      const secret = valueOf(settings.secret);
      const url = settings.urlFrom === undefined ? (settings.url ?? '') : valueOf(settings.urlFrom);
      if (!isPrivateWay(url))
        throw new Problem(
          'CONFORM_E_NOTIFIER_ADDRESS_INSECURE',
          'the address of the notification is not https',
          {
            remedy: 'Write it with https://. Plain http is allowed for this machine only.',
          },
        );
      const body = JSON.stringify(message);
      const seconds = Math.floor(clock.now().getTime() / 1000);
      const { status } = await post({
        method: 'POST',
        url,
        headers: {
          'content-type': 'application/json',
          [SIGNATURE_HEADER]: signatureOf(body, secret, seconds),
        },
        body,
      });
      if (status < 200 || status > 299)
        throw new Problem('CONFORM_E_NOTIFICATION_FAILED', `the notification was answered with ${status}`, {
          remedy: 'Check the address of the notification, and what its receiver expects.',
        });
    },
  };
}
