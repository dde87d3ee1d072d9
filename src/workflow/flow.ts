import type { Operation } from '../contract/operation.js';
import type { Json } from '../json.js';
import type { Criterion } from './criterion.js';
import type { Input } from './inputs.js';
import type { Selector } from './shape.js';

/** One workflow of a document, with everything that it names found in the contract. */
export interface Flow {
  id: string;
  /** What it does, as a title. */
  title: string;
  about: string | undefined;
  file: string;
  inputs: ReadonlyMap<string, Input>;
  steps: readonly FlowStep[];
  /** What it puts out, as expressions, by name. */
  outputs: ReadonlyMap<string, string>;
  /** Whether other flows run it as one of their steps: then it is no flow of its own. */
  isPart: boolean;
}

/** One step: what is asked, and what has to come. */
export interface FlowStep {
  id: string;
  /** What has to hold, as a sentence. */
  sentence: string;
  does: { kind: 'operation'; operation: Operation } | { kind: 'flow'; flow: Flow };
  parameters: readonly GivenParameter[];
  body: GivenBody | undefined;
  criteria: readonly Criterion[];
  outputs: ReadonlyMap<string, string>;
  selected: ReadonlyMap<string, Selector>;
  onSuccess: readonly Action[];
  onFailure: readonly Action[];
}

/** A parameter of a request, or an input of a flow that is run. */
export interface GivenParameter {
  name: string;
  in: 'path' | 'query' | 'header' | 'cookie' | undefined;
  /** May hold expressions. */
  value: Json;
}

export interface GivenBody {
  payload: Json;
  replacements: readonly { target: string; value: Json; asNumber: boolean }[];
}

/** What is done next, where its criteria hold. */
export interface Action {
  criteria: readonly Criterion[];
  does: { kind: 'end' } | { kind: 'goto'; step: string } | { kind: 'retry'; afterMs: number; atMost: number };
}

/** Whether a flow asks something that could change anything, itself or in a flow that it goes through. */
export function couldChange({ steps }: Flow): boolean {
  return steps.some(({ does }) =>
    does.kind === 'operation' ? !does.operation.safe : couldChange(does.flow),
  );
}
