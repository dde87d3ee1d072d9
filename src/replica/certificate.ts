import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from '../artefact/drafts.js';
import { Problem } from '../problem.js';

/**
 * A certificate for 127.0.0.1 and localhost that is good for a day and signed by nobody.
 * @throws Problem where there is no openssl.
 */
export async function throwAwayCertificate(): Promise<{ key: string; cert: string }> {
  const folder = await temporaryFolder('conform-tls');
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  try {
    await promisify(execFile)('openssl', [
      ...[
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '1',
      ],
      ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
      ...['-keyout', key, '-out', cert],
    ]);
    return { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') };
  } catch (error) {
    throw new Problem('CONFORM_E_CERTIFICATE_NOT_MADE', 'no certificate could be made', {
      remedy: 'Install openssl, or leave --tls out.',
      cause: error,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
