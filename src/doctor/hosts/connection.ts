import { error, notTried, ok, warning, type Found } from '../line.js';
import type { Certificate, Failure } from '../network.js';
import { hostOf, type Host, type HostCheck } from './check.js';

/** Whether the host takes a connection, and shows a certificate that is good, and for how long. */
export const connection: HostCheck = {
  name: 'connection',
  needs: ['dns'],
  run: async (host) => [await connectionTo(host.target.baseUrl, host)],
};

/** What came of connecting to the host of a URL. */
export async function connectionTo(
  url: string,
  { target, network, signal, clock }: Pick<Host, 'target' | 'network' | 'signal' | 'clock'>,
): Promise<Found> {
  const timeoutMs = target.timeoutMs.connect;
  const came = await network.connect(url, { timeoutMs, signal });
  if ('failure' in came) return ofFailure(hostOf(url), came);
  const { certificate } = came;
  return certificate
    ? ofCertificate(hostOf(url), certificate, clock.now())
    : ok(`${hostOf(url)} takes connections; http has no certificate`);
}

function ofFailure(host: string, { failure }: Failure): Found {
  if (failure === 'ABORTED') return notTried('the command was stopped');
  if (/^(EPROTO|ERR_SSL)/.test(failure)) {
    return error(
      `${host} does not speak TLS as this program does (${failure})`,
      'Check scheme and port in targets.yaml.',
      3,
    );
  }
  return error(
    `${host} takes no connection (${failure})`,
    'Check that the host is up, the port, and whether a firewall or a VPN is in between.',
    3,
  );
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** With fewer days left somebody has to act. */
const FEW_DAYS = 21;

function ofCertificate(host: string, certificate: Certificate, now: Date): Found {
  const { validFrom, validTo, nameMatches, fault } = certificate;
  const left = Math.floor((validTo.getTime() - now.getTime()) / DAY_MS);
  if (left < 0) {
    return error(
      `the certificate of ${host} expired on ${dateOf(validTo)}`,
      'The operator of the host has to renew it. If that date is not past, the clock of this machine is wrong.',
    );
  }
  if (validFrom > now) {
    return error(
      `the certificate of ${host} is not valid before ${dateOf(validFrom)}`,
      'Set the clock of this machine, or ask the operator of the host.',
    );
  }
  if (!nameMatches) {
    return error(
      `the certificate of ${host} is for another name`,
      'Check the host in targets.yaml. If it is right, the operator of the host has to add the name to the certificate.',
    );
  }
  if (fault !== undefined) {
    return error(
      `the certificate of ${host} is not accepted (${fault})`,
      'If it is signed by an authority of your own, name its file in NODE_EXTRA_CA_CERTS. A proxy that intercepts TLS has its own authority, too.',
    );
  }
  const days = `${left} ${left === 1 ? 'day' : 'days'} left`;
  const found = `${host} has a valid certificate, ${days}`;
  return left < FEW_DAYS ? warning(found, 'Ask the operator of the host to renew it.') : ok(found);
}

function dateOf(date: Date): string {
  return Number.isNaN(date.getTime()) ? 'an unreadable date' : date.toISOString().slice(0, 10);
}
