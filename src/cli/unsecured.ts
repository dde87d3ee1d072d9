import type { Contract } from '../contract/contract.js';
import type { Target } from '../targets/targets.js';
import type { Io } from './io.js';

/**
 * Tells what is done with the credentials of a target where the contract says nothing of who may ask. Of a server of
 * our own it is not worth a word: it is given no real ones.
 */
export function warnUnsecured(
  { silentAboutSecurity }: Pick<Contract, 'silentAboutSecurity'>,
  targets: readonly Pick<Target, 'name' | 'serve' | 'credentials' | 'unsecuredContract'>[],
  io: Pick<Io, 'note'>,
): void {
  if (!silentAboutSecurity) return;
  for (const { name, serve, credentials, unsecuredContract } of targets) {
    if (serve !== undefined || credentials.length === 0) continue;
    io.note(
      unsecuredContract === 'omit'
        ? `The contract names no security, so no operation is sent a credential, as targets.yaml says for “${name}” (unsecuredContract: omit). To send the credentials of the target to every operation, remove that line.`
        : `The contract names no security, so the credentials of the target “${name}” are sent to every operation. To send none, set unsecuredContract: omit in targets.yaml.`,
    );
  }
}
