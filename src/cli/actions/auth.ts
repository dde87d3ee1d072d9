import { converse } from '../../drive/conversation.js';
import { redactionFor } from '../../engine/redaction.js';
import { TENANT_POSITIONS, tryAuth, type AuthCell, type AuthMatrix } from '../../engine/try-auth.js';
import { readEnvironment } from '../../targets/credentials.js';
import { valuedEntries } from '../../session/credentials/create.js';
import { findTarget } from '../../targets/targets.js';
import { createBudget, NOTHING } from '../../session/budget.js';
import { openTarget } from '../../session/open.js';
import type { Host } from '../host.js';
import { createIo, type CommonOptions, type Io } from '../io.js';
import { located, serve } from '../../library/serve.js';
import { stopSignal } from '../signals.js';
import { openWithOrigin } from '../whole-spec.js';

interface AuthOptions extends CommonOptions {
  target: string;
  world?: string | undefined;
  baseUrl?: string | undefined;
}

/** The most that the matrix costs: its cells, a few operations until one works, and their repetitions. */
const AUTH_BUDGET = { ...NOTHING, operations: 20, controls: 2, spellings: 120, retries: 20, token: 10 };

/** @returns 0 when some form is accepted, 3 when none is */
export async function auth(options: AuthOptions, host: Host): Promise<number> {
  const io = createIo(options, host);
  const spec = await openWithOrigin(
    options.specDir,
    ['contract', 'hosts', 'samples', 'signatures', 'worlds'],
    io,
  );
  const { samples, signatures, worlds } = spec;
  const { targets, authForms: forms } = spec.hosts;
  const chosen = findTarget(targets, options.target);
  const place = located(spec.contract, chosen, { targets, baseUrl: options.baseUrl });
  const { contract } = place;
  const environment = readEnvironment(host.env);
  const { secrets } = host;
  valuedEntries(chosen, chosen.credentials, environment, secrets);
  const stop = stopSignal(host);
  const served = await serve(place, { world: options.world, worlds }, host);
  const { target } = served;
  const { session, credentials, absent, sites } = openTarget({
    ...{ contract, target, environment, secrets },
    invented: chosen.serve !== undefined,
    policy: 'none',
    budget: createBudget(AUTH_BUDGET),
    signal: stop.signal,
    ...host,
  });
  const conversation = converse(session, redactionFor(signatures, secrets, contract), host.chance);
  try {
    const matrix = await tryAuth({
      // What is on another host may look at credentials in another way.
      contract: { ...contract, operations: [...sites[0].operations] },
      target,
      forms,
      samples,
      signatures,
      credentials,
      environment: { ...environment, ...chosen.environment },
      secrets,
      conversation,
      absent,
      signal: stop.signal,
      sendsCredentials: (operation) => session.invalidCredentials(operation) !== '',
      askForToken: (request) => session.askForToken(request),
    });
    print(matrix, chosen.name, io);
    io.result(matrix);
    return matrix.cells.some(({ verdict }) => verdict.outcome === 'works') ? 0 : 3;
  } finally {
    stop.release();
    await conversation.close();
    await served.close();
  }
}

function print({ operation, cells }: AuthMatrix, target: string, io: Io): void {
  io.out(`${target}: ${operation}`);
  io.out();
  const positions = TENANT_POSITIONS.filter((position) => cells.some(({ tenant }) => tenant === position));
  const title = cells.some(({ tokenField }) => tokenField !== '') ? 'Authorization' : 'Credentials';
  io.out(
    `${title.padEnd(38)}${positions
      .map((name) => `tenant: ${name}`.padEnd(16))
      .join('')
      .trimEnd()}`,
  );
  for (const row of new Set(cells.map(rowOf))) {
    const inRow = cells.filter((cell) => rowOf(cell) === row);
    const texts = positions.map((position) =>
      textOf(inRow.find(({ tenant }) => tenant === position)).padEnd(16),
    );
    io.out(`${row.padEnd(38)}${texts.join('').trimEnd()}`);
  }
  io.out();
  for (const explanation of new Set(
    cells.filter(({ verdict }) => verdict.outcome !== 'works').map(({ verdict }) => verdict.explanation),
  ))
    io.out(io.wrapped(explanation, 0));
}

function rowOf({ header, tokenField }: AuthCell): string {
  return header === 'none' ? 'no such header' : header.replace('{token}', () => `{${tokenField}}`);
}

function textOf(cell: AuthCell | undefined): string {
  if (!cell) return '';
  return `${cell.verdict.outcome}${cell.status === null ? '' : ` ${cell.status}`}`;
}
