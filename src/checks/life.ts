import type { NotApplicable } from '../drive/drive.js';
import type { SeenReply } from '../drive/seen.js';
import type { Operation } from '../contract/operation.js';
import type { Json, JsonObject } from '../json.js';
import type { ValidBody } from '../probe/valid-bodies.js';
import type { Promised, Result } from './check.js';

/** One request in the life of a record, and what came. */
export interface Moment {
  /** The value that was sent as JSON; undefined where there was no body. */
  sent: JsonObject | undefined;
  heard: SeenReply;
}

/** Whether the list that a record belongs to has it. */
export interface Sight {
  heard: SeenReply;
  there: boolean;
  /** Whether the list was whole: that it is not on this page says that it is nowhere. */
  whole: boolean;
}

/** Something that was created a second time. */
export interface Twin {
  came: SeenReply;
  /** Whether the answer names the record that is there already; undefined where it names none. */
  same: boolean | undefined;
}

/** In which way a body breaks what the contract says of it. */
export type Break = 'left-out' | 'type' | 'enum' | 'bound';

/** A creation with a body that the contract forbids. */
export interface Attempt {
  how: Break;
  /** The member of the contract that breaks it. */
  member: string;
  came: SeenReply;
}

/** A creation with a body that the contract allows, which differs from the plain one in one way. */
export interface ValidAttempt {
  how: ValidBody['how'];
  /** The member of the contract that is different; empty where it is the example of the contract. */
  member: string;
  /** The value that the contract lists. */
  listed: string | undefined;
  came: SeenReply;
  /** Whether a plain creation worked right after it, where this one was refused. */
  plainWorks: boolean;
}

/** A creation with a body that cannot be read: said to be of a type that the contract has not, or broken off. */
export interface Unreadable {
  how: 'other-type' | 'broken-json';
  came: SeenReply;
}

/** A record as a read shows it. */
export interface ReadRecord {
  heard: SeenReply;
  /** Undefined where the answer holds no record. */
  record: JsonObject | undefined;
}

/** Another record of the run that nobody has changed: what was sent for it, as it was, and as it is now. */
export interface Neighbour {
  sent: JsonObject;
  before: JsonObject;
  now: ReadRecord;
}

/** A change of the record by an operation of the contract. */
export interface Changed {
  operation: Operation;
  /** The record before it. */
  before: JsonObject | undefined;
  /** What shows that. */
  readBefore: SeenReply | undefined;
  came: Moment;
  /** The record as it was read after it. */
  after: ReadRecord | undefined;
  /** The record read once more, without any change; undefined where no read shows its version. */
  still: ReadRecord | undefined;
  /** The version from before the change, and the present one, as the contract says that versions are read. */
  former: { came: ReadRecord; present: SeenReply } | undefined;
  /** Another record of the run, after the change. */
  neighbour: Neighbour | undefined;
  /** The same change once more. */
  again: SeenReply | undefined;
  /** The record as it was read after that. */
  repeated: ReadRecord | undefined;
  /** A PUT without a member that the record has, where the contract says that it replaces the record. */
  replaced: { member: string; was: Json; came: SeenReply; after: ReadRecord } | undefined;
  /** A change that also names a value of a member that is read-only. */
  foreign:
    | { member: string; value: Json; came: SeenReply; after: JsonObject | undefined; read: SeenReply }
    | undefined;
  /** A change on the condition that the record is as it was before an earlier change. */
  stale: SeenReply | undefined;
}

/** What a record that the run has created went through, from its creation to its removal. */
export interface Life {
  creation: Operation;
  /** Undefined where the contract has none. */
  reading: Operation | undefined;
  remover: Operation | undefined;
  /** The members that a read of the record may have by the contract. */
  declared: ReadonlySet<string>;
  created: Moment;
  /** Read by its id after its creation, for as long as a host may lag; the last of these reads. */
  read: ReadRecord | undefined;
  /** The values that the contract says members have that were not sent. */
  defaults: ReadonlyMap<string, Json>;
  /** What the address leads to that its creation was answered with. */
  located: SeenReply | undefined;
  listed: Sight | undefined;
  changes: Changed[];
  /** The same creation again. */
  twin: Twin | undefined;
  /** The same creation again with the same idempotency key as before. */
  keyed: Twin | undefined;
  attempts: Attempt[];
  valid: ValidAttempt[];
  unreadable: Unreadable[];
  /** Every answer to a read of the record, or of its list, that came meanwhile. */
  reads: { operation: Operation; heard: SeenReply }[];
  /** Whether something of the refused attempts is in the list. */
  kept: { heard: SeenReply; there: boolean } | undefined;
  /** A creation with the longest texts and the largest numbers that the contract allows. */
  largest: SeenReply | undefined;
  removal:
    | {
        came: SeenReply;
        /** Read by its id after that, for as long as a removal may take; the last of these reads. */
        read: SeenReply | undefined;
        listed: Sight | undefined;
        /** Another record of the run, after that. */
        neighbour?: Neighbour | undefined;
      }
    | undefined;
}

/** What a life has nothing of at its beginning. */
export function emptyLife() {
  return {
    ...{ located: undefined, listed: undefined, changes: [], twin: undefined, keyed: undefined },
    ...{ attempts: [], valid: [], unreadable: [], reads: [], kept: undefined },
    ...{ largest: undefined, removal: undefined },
  } satisfies Partial<Life>;
}

/** What is not tried of a change that was not taken. */
export const NOT_TRIED = {
  ...{ still: undefined, former: undefined, neighbour: undefined, again: undefined, repeated: undefined },
  ...{ replaced: undefined, foreign: undefined, stale: undefined },
} satisfies Partial<Changed>;

/** What a check of a life finds, and the answers that show it. */
export type LifeResult<Code extends string = string> = Result<Code> & { at?: readonly SeenReply[] };

/** A promise that is kept or broken in the life of a record: a plain function of what was seen of it. */
export type LifeCheck<Code extends string = string> = Promised<Code> &
  (
    | {
        /** The operation that it is about. */
        of: 'creation' | 'removal';
        judge: (life: Life) => LifeResult<Code> | NotApplicable;
      }
    | { of: 'change'; judge: (change: Changed, life: Life) => LifeResult<Code> | NotApplicable }
  );

/** Gives a check its type: the codes of its findings are those of its messages. */
export function lifeCheck<const Code extends string>(given: LifeCheck<Code>): LifeCheck<Code> {
  return given;
}
