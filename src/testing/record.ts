import { basename, join } from 'node:path';
import { PACKAGE_ROOT } from '../package.js';
import type { Exchange } from '../exchange/exchange.js';
import type { Run } from '../record/run.js';
import { readRun } from '../record/store.js';
import { leapingClock } from './clock.js';
import { conform, PLAIN_CHECK, temporaryFolder } from './conform.js';
import { RECORDED_HOST, type Recording } from './recorded.js';
import { SHOP, SHOP_ROUTES } from './shop.js';
import { begunAt } from './vary.js';
import { startVendor, vendorSpec } from './vendor.js';

/** The options of `conform check`, and the day on which it is. */
interface Recipe {
  target: string;
  day: string;
  args?: readonly string[];
}

const RECIPES: Record<Exclude<Recording, 'shop'>, Recipe> = {
  mock: { target: 'mock', day: '2026-02-26' },
  'first-night': {
    target: 'replica',
    day: '2026-01-29',
    args: ['--world', '2026-01-29', '--spec', join(PACKAGE_ROOT, 'examples/first-night.yaml')],
  },
  '2026-02-03': { target: 'replica', day: '2026-02-03', args: ['--world', '2026-02-03'] },
  '2026-02-26': { target: 'replica', day: '2026-02-26', args: ['--world', '2026-02-26'] },
};

/** Makes a recording again, with the program as it is now. */
export function record(name: Recording): Promise<Run> {
  return name === 'shop' ? recordShop() : check(RECIPES[name]);
}

/** The invented vendor, on a host of its own. */
async function recordShop(): Promise<Run> {
  await using folder = await temporaryFolder();
  await using vendor = await startVendor(SHOP_ROUTES);
  const spec = await vendorSpec(folder.path, vendor.url, SHOP);
  return await check({ target: 'live', day: '2026-02-26', args: ['--spec-dir', spec] });
}

async function check({ target, day, args = [] }: Recipe): Promise<Run> {
  await using folder = await temporaryFolder();
  const clock = leapingClock(new Date(`${day}T09:00:00Z`));
  // What checks find has tests of its own; here it would only move with every new check.
  const asked = [...PLAIN_CHECK, '--target', target, ...args, '--out', folder.path];
  const { code, err } = await conform(asked, { clock });
  if (code !== 0 && code !== 1) throw new Error(`“${target}” could not be recorded: ${err}`);
  return settled(await readRun(join(folder.path, 'latest', `${target}.json`)));
}

/** A recording as it is in its file. */
export function textOf(run: Run): string {
  return `${JSON.stringify(run, null, 1)}\n`;
}

/**
 * Gives a fixed value to all that is otherwise in each run, whatever the program does: folders, ports, times,
 * durations, and ids. So a recording that is made again differs only in what the program does differently.
 */
function settled(run: Run): Run {
  const { startedAt } = run;
  const text = (value: string) =>
    value
      .replace(/http:\/\/127\.0\.0\.1:\d+/g, () => RECORDED_HOST)
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z/g, () => startedAt)
      .replace(/(?<=\/\w+)-\d+(?=[/?"\s]|$)/g, '-1');
  const exchange = (one: Exchange): Exchange => ({
    ...one,
    at: startedAt,
    url: text(one.url),
    curl: text(one.curl),
    durationMs: 5,
    responseHeaders: Object.fromEntries(
      Object.entries(one.responseHeaders).map(([name, value]) => [
        name,
        settledHeader(name, value, startedAt),
      ]),
    ),
  });
  return {
    ...begunAt(run, new Date(startedAt)),
    contract: {
      ...run.contract,
      repairs: run.contract.repairs.map((repair) => ({ ...repair, file: basename(repair.file) })),
    },
    operations: run.operations.map((operation) => ({
      ...operation,
      evidence: operation.evidence.map(text),
      ...(operation.codes ? { codes: settledCodes(operation.codes, text) } : {}),
      latencyMs: operation.latencyMs && { min: 5, p50: 5, max: 5 },
      exchanges: operation.exchanges.map(exchange),
    })),
  };
}

type Codes = NonNullable<Run['operations'][number]['codes']>;

function settledCodes(
  { explanation, fix, evidence, ruledOut }: Codes,
  text: (value: string) => string,
): Codes {
  const one = ({ code, facts }: Codes['explanation']): Codes['explanation'] => ({
    code,
    facts: Object.fromEntries(
      Object.entries(facts).map(([name, value]) => [name, typeof value === 'string' ? text(value) : value]),
    ),
  });
  return {
    explanation: one(explanation),
    ...(fix ? { fix: one(fix) } : {}),
    evidence: evidence.map(one),
    ruledOut: ruledOut.map(one),
  };
}

function settledHeader(name: string, value: string, startedAt: string): string {
  if (name === 'date') return new Date(startedAt).toUTCString();
  return value.replace(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/, '00000000-0000-4000-8000-000000000001');
}
