import type { Client } from 'pg';
import type { PlanRecord, Variant } from 'wellsky-conform/kit';

const REPEATS = 7;

/**
 * Asks for the plans of a variant, as they are once a statement has been prepared and used for a while.
 * @param value as the variant passes it
 * @param discreet removes every constant: it may be a number of somebody
 */
export async function explain(
  client: Client,
  variant: Variant,
  rows: number,
  value: string,
  discreet: boolean,
  hopeless: boolean,
): Promise<PlanRecord[]> {
  const plans: PlanRecord[] = [];
  for (const text of variant.statements) {
    const plan = await explainPrepared(client, text, value, hopeless ? 1 : REPEATS);
    plans.push({ variant: variant.name, rows, of: 'statement', ...plan });
  }
  if (variant.explained !== undefined) {
    const plan = await explainPrepared(client, variant.explained, value, 1);
    plans.push({ variant: variant.name, rows, of: 'inside', ...plan });
  }
  return discreet ? plans.map((plan) => ({ ...plan, text: withoutConstants(plan.text) })) : plans;
}

async function explainPrepared(client: Client, text: string, value: string, repeats: number) {
  const execute = `EXECUTE conform_explained (${client.escapeLiteral(value)})`;
  await client.query(`PREPARE conform_explained AS ${text}`);
  try {
    // The first five executions are planned again each time; what comes after is what callers live with.
    for (let round = 1; round < repeats; round++) await client.query(execute);
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(
      `EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) ${execute}`,
    );
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    return { text: plan, planMs: figure(plan, 'Planning Time'), executeMs: figure(plan, 'Execution Time') };
  } finally {
    await client.query('DEALLOCATE conform_explained').catch(() => undefined);
  }
}

function figure(plan: string, name: string): number {
  return Number(new RegExp(`${name}: ([0-9.]+) ms`).exec(plan)?.[1] ?? 0);
}

function withoutConstants(plan: string): string {
  return plan.replace(/'(?:[^']|'')*'/g, "'…'").replace(/\d{4,}/g, '…');
}
