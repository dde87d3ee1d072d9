import { Problem } from '../problem.js';

/** That a night is held by another worker now. */
export function leaseLost(): Problem {
  return new Problem('CONFORM_E_FLEET_LEASE_LOST', 'another worker has taken the night over', {
    remedy: 'Nothing was recorded by this one.',
  });
}

/** That a fleet file has no entry of an agency that can be used. */
export function agencyUnknown(agency: string): Problem {
  return new Problem('CONFORM_E_AGENCY_UNKNOWN', `the fleet file of this worker has no agency “${agency}”`, {
    remedy: 'Give every worker the same fleet file. conform fleet plan shows what is wrong in it.',
  });
}
