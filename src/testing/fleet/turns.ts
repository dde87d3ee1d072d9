/** Asks the database of a test fleet. */
type Query = <Row extends Record<string, unknown>>(text: string, values?: unknown[]) => Promise<Row[]>;

/**
 * Has the database keep each turn that it gives out from now on, and forget those that come back as missed, by itself: it
 * outlives whoever was given them.
 */
export async function keepTurns(query: Query): Promise<void> {
  await query('create table public.turn (host text, at float8, is_missed boolean not null default false)');
  await query('alter function conform.take_turns rename to take_turns_itself');
  await query(`create function conform.take_turns(
      of_host text, wanted integer, distance double precision, most integer, lead double precision,
      horizon double precision, lateness double precision, used double precision[], used_at double precision[],
      out begins double precision[], out first double precision, out asked_at double precision
    ) language plpgsql as $$
    begin
      select one.begins, one.first, one.asked_at into begins, first, asked_at
      from conform.take_turns_itself(
        of_host, wanted, distance, most, lead, horizon, lateness, used, used_at
      ) as one;
      update public.turn set is_missed = one.at is null
      from unnest(used, used_at) as one (turn, at) where host = of_host and public.turn.at = one.turn;
      insert into public.turn (host, at) select of_host, unnest(begins);
    end $$`);
}

/** The turns of a host, in milliseconds by the time of day, in order: those that came back as missed, and the others. */
export async function turnsOf(query: Query, url: string): Promise<{ used: number[]; missed: number[] }> {
  const { host } = new URL(url);
  const rows = await query<{ at: number; is_missed: boolean }>(
    'select at, is_missed from public.turn where host = $1 order by at',
    [host],
  );
  const of = (isMissed: boolean) =>
    rows.filter(({ is_missed }) => is_missed === isMissed).map(({ at }) => at);
  return { used: of(false), missed: of(true) };
}
