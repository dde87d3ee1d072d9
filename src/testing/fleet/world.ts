import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { PACKAGE_ROOT } from '../../package.js';
import type { Fault, KnownAgency } from './host.js';

/** How many operations the contract of a test fleet has. */
const OPERATIONS = 15;

/** An agency of a test fleet, and which host it is on. */
export interface TestAgency extends KnownAgency {
  host: 'limited' | 'open';
}

/** How a test fleet is made. */
export interface FleetShape {
  agencies: number;
  /** How many of them are on the host that lets only so many requests through. */
  onLimited: number;
  /** Which faults there are is drawn from it. */
  seed: number;
}

/** The agencies of a test fleet: one in three has a route that fails, drawn from the seed. */
export function agenciesOf({ agencies, onLimited, seed }: FleetShape): TestAgency[] {
  const kinds: readonly (Fault | undefined)[] = ['denied', 'crashes', 'wrong-type', ...Array<undefined>(6)];
  const drawn = fc.sample(fc.tuple(fc.constantFrom(...kinds), fc.integer({ min: 1, max: OPERATIONS })), {
    ...{ seed, numRuns: agencies },
  });
  return drawn.map(([fault, route], index) => {
    const number = String(index + 1).padStart(4, '0');
    return {
      name: `agency-${number}`,
      id: `990${number}`,
      clientId: `client-id-for-tests-${number}`,
      clientSecret: `client-secret-for-tests-${number}`,
      faults: new Map(fault === undefined ? [] : [[route, fault]]),
      host: index < onLimited ? ('limited' as const) : ('open' as const),
    };
  });
}

/** The name of a test fleet. */
export const FLEET = 'test-fleet';

/** The requests a second that the limited host lets through. */
export const LIMITED_RATE = 20;

/**
 * Writes the spec folder of a test fleet, with its fleet file.
 * @returns its path, and the variables that hold the credentials of all agencies
 */
export async function writeFleet(
  folder: string,
  agencies: readonly TestAgency[],
  urls: Record<TestAgency['host'], string>,
  extra = '',
): Promise<{ spec: string; env: Record<string, string> }> {
  const spec = join(folder, 'spec');
  await mkdir(spec, { recursive: true });
  await cp(join(PACKAGE_ROOT, 'spec', 'signatures.yaml'), join(spec, 'signatures.yaml'));
  await writeFile(join(spec, 'openapi.yaml'), contract());
  await writeFile(join(spec, 'checks.yaml'), 'all: { off: [all] }\n');
  await writeFile(join(spec, 'samples.yaml'), 'parameters: { agencyId: { env: AGENCY_ID } }\n');
  await writeFile(
    join(spec, 'targets.yaml'),
    `targets:\n${(['limited', 'open'] as const)
      .map(
        (name) => `  ${name}:
    about: an invented host
    standing: assumed
    baseUrl: ${urls[name]}
    credentials:
      - oauth: { url: /token, body: form, clientId: CLIENT_ID, clientSecret: CLIENT_SECRET }
    ${name === 'limited' ? `requestsPerSecond: ${LIMITED_RATE}` : 'concurrency: 8'}
    writes: { default: none, most: none }
`,
      )
      .join('')}auth:
  headers: ['Bearer {token}']
  tokenFields: [access_token]
  tenant: { query: agencyId, header: x-agency, value: AGENCY_ID }
`,
  );
  const entries = agencies.map(({ name, host }, index) => {
    const variable = `AGENCY_${index + 1}`;
    return `  - name: ${name}
    target: ${host}
    agencyId: { env: ${variable}_ID }
    credentials: { CLIENT_ID: { env: ${variable}_CLIENT }, CLIENT_SECRET: { env: ${variable}_CLIENT_SECRET } }
`;
  });
  await writeFile(
    join(spec, 'fleet.yaml'),
    `fleet: ${FLEET}\nretries: { limit: 5, delay: 1s }\n${extra}agencies:\n${entries.join('')}`,
  );
  const env = Object.fromEntries(
    agencies.flatMap(({ id, clientId, clientSecret }, index) => [
      [`AGENCY_${index + 1}_ID`, id],
      [`AGENCY_${index + 1}_CLIENT`, clientId],
      [`AGENCY_${index + 1}_CLIENT_SECRET`, clientSecret],
    ]),
  );
  return { spec, env };
}

function contract(): string {
  const routes = Array.from(
    { length: OPERATIONS },
    (_, index) => `  /things-${index + 1}/:
    get:
      summary: List things ${index + 1}
      tags: [things-${index + 1}]
      x-standing: documented
      parameters: [{ name: agencyId, in: query, required: true, schema: { type: string } }]
      responses:
        '200':
          description: ok
          content: { application/json: { schema: { $ref: '#/components/schemas/Things' } } }
`,
  );
  return `openapi: 3.0.3
info: { title: Things, version: '1' }
servers: [{ url: https://api.things.example/v1 }]
security: [{ oauth: [] }]
paths:
${routes.join('')}components:
  securitySchemes:
    oauth:
      type: oauth2
      flows: { clientCredentials: { tokenUrl: https://api.things.example/token, scopes: {} } }
  schemas:
    Things:
      type: object
      required: [items]
      properties:
        items:
          type: array
          items:
            type: object
            required: [id]
            properties: { id: { type: string }, count: { type: integer } }
`;
}
