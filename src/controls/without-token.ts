import { NotApplicable } from '../drive/drive.js';
import type { Seen } from '../drive/seen.js';
import { asControl, type Control } from './control.js';
import type { OperationSubject } from './subject.js';

/** The same request without credentials. */
export const withoutToken: Control<OperationSubject, Seen> = {
  id: 'without-token',
  varies: 'the credentials: there are none',
  proves: 'whether this very route has let the caller in before it answered',
  asks: { atMost: 1, effect: 'none' },
  *run({ operation, probe, token, host }) {
    if (!operation.safe) return new NotApplicable('it may change something');
    if (token !== 'valid' || !host.takesCredentials(operation))
      return new NotApplicable('it was asked without credentials');
    return yield { probe: asControl(probe, 'without-token'), token: 'none' };
  },
};
