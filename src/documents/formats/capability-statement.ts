import type {
  CapabilityStatement,
  CapabilityStatementImplementation,
  CapabilityStatementRestResource,
  CapabilityStatementRestResourceInteraction,
} from 'fhir/r4.js';
import type { Capability, Run } from '../../record/run.js';
import type { ContractFacts } from '../../contract/facts.js';
import { readR4ResourceTypes, type R4ResourceType } from './fhir-resource-types.js';
import { type ReportFormat, stemOf } from './format.js';
import { fhirId, fhirMarkdown, fhirString } from './fhir-text.js';
import { isProvenToWork } from '../../record/proof.js';

/**
 * A FHIR R4 CapabilityStatement of kind `instance` for each run (hl7.org/fhir/R4/capabilitystatement.html):
 * what this host was seen to do that day, and nothing that is only promised. What has no FHIR resource type is
 * described in prose.
 */
export const capabilityStatement: ReportFormat = {
  name: 'capability-statement',
  render: async ({ runs, contract }) => {
    const isFhirType = await readR4ResourceTypes();
    return runs.map((run) => ({
      name: `fhir/${stemOf(run, runs)}-capability-statement.json`,
      text: `${JSON.stringify(statementOf(run, contract, isFhirType), null, 2)}\n`,
    }));
  },
};

function statementOf(
  run: Run,
  contract: ContractFacts | undefined,
  isFhirType: (name: string) => name is R4ResourceType,
): CapabilityStatement {
  const resources = new Map<R4ResourceType, Seen[]>();
  const others: Capability[] = [];
  for (const operation of run.operations.filter(isProvenToWork)) {
    const type = contract?.operations.get(operation.id)?.resourceType ?? '';
    const interaction = interactionOf(operation, type);
    if (interaction !== undefined && isFhirType(type))
      resources.set(type, [...(resources.get(type) ?? []), { interaction, operation }]);
    else others.push(operation);
  }
  return {
    resourceType: 'CapabilityStatement',
    id: fhirId(`${run.id}-capabilities`),
    name: 'ObservedCapabilities',
    title: fhirString(`${run.contract.title}: what ${run.target} was seen to do`),
    status: 'active',
    experimental: true,
    date: run.startedAt,
    description: `Made from run ${fhirMarkdown(run.id)}, which asked ${run.operations.filter(({ outcome }) => outcome !== 'skipped').length} of ${run.contract.operations} operations. Only what was seen to work is here; that something is missing does not mean that it is not there.`,
    kind: 'instance',
    software: { name: fhirString(run.contract.title), version: fhirString(run.contract.version) },
    implementation: {
      description: fhirString(
        run.world === undefined ? run.target : `${run.target}, the hosts as on ${run.world}`,
      ),
      ...urlOf(run),
    },
    fhirVersion: '4.0.1',
    format: ['json'],
    rest: [
      {
        mode: 'server',
        documentation: proseOf(others),
        ...(resources.size === 0
          ? {}
          : { resource: [...resources].map(([type, entries]) => resourceOf(type, entries)) }),
      },
    ],
  };
}

/** An operation that was seen to work, as an interaction of FHIR. */
interface Seen {
  interaction: Interaction;
  operation: Capability;
}

type Interaction = CapabilityStatementRestResourceInteraction['code'];

function resourceOf(type: R4ResourceType, entries: readonly Seen[]): CapabilityStatementRestResource {
  const codes = [...new Set(entries.map(({ interaction }) => interaction))];
  return {
    type,
    interaction: codes.map((code) => ({
      code,
      documentation: entries
        .filter(({ interaction }) => interaction === code)
        .map(({ operation }) => fhirMarkdown(operation.id))
        .join(', '),
    })),
  };
}

/** The address that was asked: that of the run's own requests. */
function urlOf(run: Run): Pick<CapabilityStatementImplementation, 'url'> {
  const asked = run.operations.flatMap(({ exchanges }) => exchanges).at(0)?.url;
  return asked === undefined || !URL.canParse(asked) ? {} : { url: new URL(asked).origin };
}

function proseOf(others: readonly Capability[]): string {
  if (others.length === 0) return 'Nothing else was seen to work.';
  return `Seen to work as well, without a FHIR interaction of its own: ${others.map(({ id }) => fhirMarkdown(id)).join(', ')}.`;
}

const ON_TYPE: Partial<Record<string, Interaction>> = { GET: 'search-type', POST: 'create' };
const ON_INSTANCE: Partial<Record<string, Interaction>> = {
  ...{ GET: 'read', PUT: 'update', PATCH: 'patch', DELETE: 'delete' },
};

/** The RESTful interaction (hl7.org/fhir/R4/http.html) that a method and path template amount to. */
function interactionOf({ id }: Capability, type: string): Interaction | undefined {
  const [method = '', path = ''] = id.split(' ');
  const segments = path.split('/').filter((segment) => segment !== '');
  const parameters = segments.filter((segment) => segment.startsWith('{'));
  const last = segments.at(-1) ?? '';
  if (parameters.length === 0) {
    if (last === '_search') return 'search-type';
    return ON_TYPE[method];
  }
  // Below one resource stands something of another kind, and `{owner_id}` does not name the resource itself.
  if (parameters.length > 1 || !last.startsWith('{') || !namesItself(last, type)) return undefined;
  return ON_INSTANCE[method];
}

function namesItself(parameter: string, type: string): boolean {
  const stem = parameter.replace(/[{}]/g, '').replace(/_?id$/i, '');
  return stem === '' || type.toLowerCase().includes(stem.toLowerCase());
}
