import { ASPECTS, type Aspect, type Coverage, type OperationCoverage } from '../contract-coverage/cover.js';
import { memberName } from '../contract-coverage/members.js';

/** What is said of each aspect: what it counts, and when one of it was never seen. */
const WORDS: Record<Aspect, { one: string; many: string; never: string }> = {
  parameters: { one: 'parameter', many: 'parameters', never: 'never sent with success' },
  values: { one: 'listed value', many: 'listed values', never: 'never sent with success' },
  sentMembers: { one: 'member of requests', many: 'members of requests', never: 'never sent with success' },
  answeredMembers: { one: 'member of answers', many: 'members of answers', never: 'never in a success' },
  statuses: { one: 'documented status', many: 'documented statuses', never: 'never answered' },
  mediaTypes: { one: 'media type', many: 'media types', never: 'never used' },
};

/** So many names of what was never seen are listed for one aspect of an operation. */
const MOST_NAMES = 40;

/** What was never seen, as lines for a person: the operations first; empty where all was seen. */
function coverageLines({ operations, totals }: Coverage): string[] {
  const open = operations.of - operations.succeeded;
  const ofOperations =
    open === 0 ? [] : [`${open} of ${operations.of} operations never answered with success`];
  return [
    ...ofOperations,
    ...ASPECTS.flatMap((aspect) => {
      const { of, seen } = totals[aspect];
      const { many, never } = WORDS[aspect];
      return seen === of ? [] : [`${of - seen} of ${of} ${many} ${never}`];
    }),
  ];
}

/** What the runs of a target have never seen, as the templates of a report name it. */
export function coverageView(coverage: Coverage) {
  const { target, runs, from, to, byOperation } = coverage;
  const open = byOperation.filter(({ succeeded }) => !succeeded);
  return {
    target,
    span:
      runs === 1
        ? `the run of ${from.slice(0, 10)}`
        : `${runs} runs from ${from.slice(0, 10)} to ${to.slice(0, 10)}`,
    lines: coverageLines(coverage),
    never: open.map((one) => ({
      operation: one.operation,
      came: cameText(one),
    })),
    partly: byOperation
      .filter((one) => one.succeeded)
      .map((one) => ({
        operation: one.operation,
        ...partsOf(one),
        undocumented: one.undocumented.join(', '),
      }))
      .filter(({ parts, undocumented }) => parts.length > 0 || undocumented !== ''),
  };
}

function cameText({ answered, undocumented }: OperationCoverage): string {
  if (!answered) return 'no answer of its own came';
  return undocumented.length === 0
    ? 'it was only refused'
    : `it was only refused, also with what is not documented: ${undocumented.join(', ')}`;
}

function partsOf({ aspects }: OperationCoverage) {
  const parts = ASPECTS.flatMap((aspect) => {
    const { of, seen, missing } = aspects[aspect];
    const open = of - seen;
    if (open === 0) return [];
    const names = aspect.endsWith('Members') ? missing.map(memberName) : missing;
    const { one, many, never } = WORDS[aspect];
    return [
      {
        what: `${open} of ${of} ${of === 1 ? one : many} ${never}`,
        short: `${open} ${open === 1 ? one : many}`,
        names: names.slice(0, MOST_NAMES),
        more: Math.max(0, open - MOST_NAMES),
      },
    ];
  });
  return { parts, summary: parts.map(({ short }) => short).join(', ') };
}
