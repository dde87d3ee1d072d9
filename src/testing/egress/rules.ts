/** All that is held against a program, with what each rule means. */
export const RULES = {
  'none: asks what could change something':
    'under “none” only GET, HEAD, OPTIONS and searches that the contract marks as safe',
  'route: carries a good credential': 'under “route” a write never carries anything secret',
  'route: operation is not guarded': 'under “route” only operations that need a credential are written to',
  'route: refusal was not seen':
    'under “route” a write goes out only with a credential that this run has seen refused, on a safe operation that works with the good one',
  'route: the guard was seen to fail':
    'under “route” nothing is written where this credential was let in, or where a read of the collection would have shown that it is let in',
  'route: body is valid': 'under “route” a body is one that the contract forbids',
  'route: id exists': 'under “route” a path names nothing that is there',
  'route: neither body nor id':
    'under “route” what has neither a body to forbid nor an id to invent is not asked',
  'route: unknown path was written to':
    'under “route” a control that changes something is no control, whatever its path',
  'validate: body is not forbidden':
    'under “validate” a write with a good credential has a body that the contract forbids',
  'validate: removes on a guarded target': 'where writes are locked nothing is removed without being asked',
  'override is sent': 'headers that ask for another method are never sent',
  'touched what was there before': 'no record is changed or removed that the run has not made',
  'left and not reported': 'what was made and is still there is reported, each thing once',
  'says that it removed more than it did': 'what is said to be removed is gone',
  'obeys a journal that it must not':
    'nothing is removed for a journal of an older or an unknown form, nor for one of another host or of a target that is held',
  'plan sends something': '--plan sends nothing',
  'more requests than the plan said': 'a run sends no more than --plan said',
  'more requests than the run file planned': 'a run sends no more than its file says was planned',
  'sent is not what the server counted': 'the budget in the run file is what the servers counted',
  'sent beyond the budget': 'no kind of request goes beyond what was planned of it',
  'no budget in the run file': 'the run file has a budget, planned and sent',
  'secret to another host': 'no other host is shown anything secret',
  'request to another host': 'no host is asked that nobody has named',
  'write to another host of the vendor': 'another host of the same vendor is asked with safe methods only',
  'write while a read was under way': 'what could change something is not asked while a read could see it',
  'Retry-After not obeyed': 'who is asked to wait waits before asking the same again',
  'write repeated after 429': 'only what can be repeated without harm is repeated',
  'nothing was asked': 'a set-up that shows nothing shows no safety',
  'a fault of the program': 'the program does not fail',
} as const;

export type Rule = keyof typeof RULES;

/** One breach of one rule. */
export interface Breach {
  setUp: string;
  rule: Rule;
  /** The request, or what else shows it. */
  request: string;
}
