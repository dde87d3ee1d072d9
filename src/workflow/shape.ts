import { Type, type Static } from '@sinclair/typebox';
import { literals } from '../document/literals.js';

/*
 * The part of Arazzo 1.0.1 (https://spec.openapis.org/arazzo/v1.0.1.html) that is read here, and three extensions:
 * `x-value` computes an input, `x-outputs` selects an output by JSONPath, `x-type` sends a text of digits as a number.
 */

const closed = { additionalProperties: false };
const NAME = '^[A-Za-z0-9_-]+$';

/** How the value of an input is computed when a flow starts. */
const Computed = Type.Union([
  Type.Object(
    {
      /** A date or time: the start of the flow, and so many days and minutes later. */
      days: Type.Optional(Type.Integer()),
      minutes: Type.Optional(Type.Integer()),
      /** How it is written: YYYY, MM, DD, hh, mm and ss stand for its parts, in UTC. */
      as: Type.String({ minLength: 2 }),
    },
    closed,
  ),
  /** What a variable of the environment holds. */
  Type.Object({ env: Type.String({ minLength: 1 }) }, closed),
  /** A text that nothing else has: `{}` in it becomes hexadecimal digits. */
  Type.Object({ unique: Type.String({ pattern: '\\{\\}' }) }, closed),
  /** An id that nothing has. */
  Type.Object({ absent: Type.Literal(true) }, closed),
]);
export type Computed = Static<typeof Computed>;

/** An input, as a JSON Schema describes it; of that only the type, the default and the extension are used. */
const Input = Type.Object(
  {
    type: Type.Optional(Type.String()),
    description: Type.Optional(Type.String()),
    default: Type.Optional(Type.Unknown()),
    'x-value': Type.Optional(Computed),
  },
  closed,
);

const Criterion = Type.Object(
  {
    condition: Type.String({ minLength: 1 }),
    context: Type.Optional(Type.String({ pattern: '^\\$' })),
    type: Type.Optional(literals(['simple', 'regex', 'jsonpath'])),
  },
  closed,
);
export type WrittenCriterion = Static<typeof Criterion>;

const common = {
  name: Type.String({ minLength: 1 }),
  criteria: Type.Optional(Type.Array(Criterion)),
};
const End = Type.Object({ ...common, type: Type.Literal('end') }, closed);
const Goto = Type.Object(
  { ...common, type: Type.Literal('goto'), stepId: Type.String({ pattern: NAME }) },
  closed,
);
const Retry = Type.Object(
  {
    ...common,
    type: Type.Literal('retry'),
    retryAfter: Type.Optional(Type.Number({ minimum: 0, maximum: 60 })),
    retryLimit: Type.Optional(Type.Integer({ minimum: 1, maximum: 5 })),
  },
  closed,
);
const Reference = Type.Object({ reference: Type.String({ pattern: '^\\$components\\.' }) }, closed);

const SuccessAction = Type.Union([End, Goto]);
const FailureAction = Type.Union([End, Goto, Retry]);
export type WrittenAction = Static<typeof FailureAction>;

const Parameter = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    /** Not there: it is an input of the workflow that the step calls. */
    in: Type.Optional(literals(['path', 'query', 'header', 'cookie'])),
    value: Type.Unknown(),
  },
  closed,
);
export type WrittenParameter = Static<typeof Parameter>;

const Body = Type.Object(
  {
    contentType: Type.Optional(Type.String()),
    payload: Type.Unknown(),
    replacements: Type.Optional(
      Type.Array(
        Type.Object(
          {
            target: Type.String({ pattern: '^/' }),
            value: Type.Unknown(),
            /** Sends a text of digits as a number. */
            'x-type': Type.Optional(Type.Literal('integer')),
          },
          closed,
        ),
      ),
    ),
  },
  closed,
);

/** The Selector Object of Arazzo 1.1: the first value that a JSONPath selects. */
const Selector = Type.Object(
  { context: Type.String({ pattern: '^\\$' }), selector: Type.String({ pattern: '^\\$' }) },
  closed,
);
export type Selector = Static<typeof Selector>;

const Outputs = Type.Record(Type.String({ pattern: NAME }), Type.String({ pattern: '^\\$' }), closed);

const Step = Type.Object(
  {
    stepId: Type.String({ pattern: NAME }),
    /** The sentence that is said of the step. */
    description: Type.String({ minLength: 1 }),
    operationId: Type.Optional(Type.String()),
    operationPath: Type.Optional(Type.String()),
    workflowId: Type.Optional(Type.String()),
    parameters: Type.Optional(Type.Array(Type.Union([Parameter, Reference]))),
    requestBody: Type.Optional(Body),
    successCriteria: Type.Optional(Type.Array(Criterion)),
    onSuccess: Type.Optional(Type.Array(Type.Union([End, Goto, Reference]))),
    onFailure: Type.Optional(Type.Array(Type.Union([End, Goto, Retry, Reference]))),
    outputs: Type.Optional(Outputs),
    'x-outputs': Type.Optional(Type.Record(Type.String({ pattern: NAME }), Selector, closed)),
  },
  closed,
);
export type WrittenStep = Static<typeof Step>;

const Workflow = Type.Object(
  {
    workflowId: Type.String({ pattern: NAME }),
    /** What is said of the flow as a whole. */
    summary: Type.String({ minLength: 1 }),
    description: Type.Optional(Type.String()),
    inputs: Type.Optional(
      Type.Object(
        {
          type: Type.Literal('object'),
          required: Type.Optional(Type.Array(Type.String())),
          properties: Type.Optional(Type.Record(Type.String({ pattern: NAME }), Input, closed)),
        },
        closed,
      ),
    ),
    steps: Type.Array(Step, { minItems: 1 }),
    outputs: Type.Optional(Outputs),
  },
  closed,
);
export type WrittenWorkflow = Static<typeof Workflow>;

export const WorkflowFile = Type.Object(
  {
    arazzo: Type.String({ pattern: '^1\\.0\\.\\d+$' }),
    info: Type.Object(
      {
        title: Type.String({ minLength: 1 }),
        summary: Type.Optional(Type.String()),
        description: Type.Optional(Type.String()),
        version: Type.String(),
      },
      closed,
    ),
    sourceDescriptions: Type.Array(
      Type.Object(
        {
          name: Type.String({ pattern: NAME }),
          url: Type.String(),
          type: Type.Optional(Type.Literal('openapi')),
        },
        closed,
      ),
      { minItems: 1, maxItems: 1 },
    ),
    workflows: Type.Array(Workflow, { minItems: 1 }),
    components: Type.Optional(
      Type.Object(
        {
          parameters: Type.Optional(Type.Record(Type.String(), Parameter)),
          successActions: Type.Optional(Type.Record(Type.String(), SuccessAction)),
          failureActions: Type.Optional(Type.Record(Type.String(), FailureAction)),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type WorkflowFile = Static<typeof WorkflowFile>;
