/** A request as a host has seen it. */
export interface Arrival {
  /** In milliseconds, on a clock that is never set. */
  at: number;
  /** The session that sent it, by its token; undefined where it had none. */
  session: string | undefined;
}

/** From one moment to another, in milliseconds. */
export interface Span {
  from: number;
  to: number;
}

/** How much of a rate was used while there was work. */
export interface Use {
  /** Requests of all measured windows, as a share of those that the rate allows in them. 0 without a window. */
  share: number;
  /** The least share of one window. */
  least: number;
  /** How many windows had work all the time. */
  windows: number;
}

export const WINDOW_MS = 5_000;
/** So many sessions have to be at work at every moment of a window. */
const AT_WORK = 2;

/**
 * How much of the rate of a host was used in the windows in which there was work. A session is at work from its first request
 * (that for its token) to its last: all the time in between it has something left to send, and either waits for its turn or for
 * the answer to the request before. One alone may wait for its answer; so there is work while at least two are at work, and
 * that time is measured in windows without a gap. That is what the server sees, and no worker is believed. Whatever a worker does slowly in that time (asks for
 * turns, misses one, computes) lowers the share.
 *
 * What the server cannot see is no work: sessions that have not sent anything yet, and those of a worker that was killed, from
 * their last request on. The time of a disturbance is left out.
 * @param rate requests a second that the host allows
 * @param disturbed when the database was away, or turns were lost with a worker
 */
export function useOf(
  arrivals: readonly Arrival[],
  { rate, disturbed }: { rate: number; disturbed: readonly Span[] },
): Use {
  const shares: number[] = [];
  for (const span of without(disturbed, atWork(spansOf(arrivals)))) {
    for (let from = span.from; from + WINDOW_MS <= span.to; from += WINDOW_MS) {
      const count = arrivals.filter(({ at }) => at >= from && at < from + WINDOW_MS).length;
      shares.push(count / ((rate * WINDOW_MS) / 1000));
    }
  }
  if (shares.length === 0) return { share: 0, least: 0, windows: 0 };
  const sum = shares.reduce((total, share) => total + share, 0);
  return { share: sum / shares.length, least: Math.min(...shares), windows: shares.length };
}

/** From the first to the last request of each session. */
function spansOf(arrivals: readonly Arrival[]): Span[] {
  const spans = new Map<string, Span>();
  for (const { at, session } of arrivals) {
    if (session === undefined) continue;
    const known = spans.get(session);
    if (known) known.to = at;
    else spans.set(session, { from: at, to: at });
  }
  return [...spans.values()];
}

/** When as many spans as are needed were open at every moment. */
function atWork(spans: readonly Span[]): Span[] {
  const changes = spans
    .flatMap(({ from, to }) => [
      { at: from, by: 1 },
      { at: to, by: -1 },
    ])
    .sort((one, other) => one.at - other.at);
  const found: Span[] = [];
  let open = 0;
  let since = 0;
  for (const { at, by } of changes) {
    if (open < AT_WORK && open + by >= AT_WORK) since = at;
    if (open >= AT_WORK && open + by < AT_WORK) found.push({ from: since, to: at });
    open += by;
  }
  return found;
}

/** What is left of some spans without others. */
function without(taken: readonly Span[], spans: readonly Span[]): Span[] {
  return taken.reduce<Span[]>(
    (left, { from, to }) =>
      left.flatMap((span) =>
        [
          { from: span.from, to: Math.min(span.to, from) },
          { from: Math.max(span.from, to), to: span.to },
        ].filter((rest) => rest.from < rest.to),
      ),
    [...spans],
  );
}

/** The most of these moments that are in any window of one second. */
export function mostInASecond(times: readonly number[]): number {
  let most = 0;
  let first = 0;
  for (const [last, at] of times.entries()) {
    while (at - (times[first] ?? at) >= 1000) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

/** Clocks of the same machine that are read by two processes: less than the distance of two turns. */
const TOLERANCE_MS = 50;

/**
 * How many requests came before there was a turn for them: at any moment no more may have arrived than turns have begun. That
 * holds however late a busy machine sends or delivers a request.
 * @param arrivals and `turns`: moments by the same clock, in milliseconds
 */
export function withoutTurn(arrivals: readonly number[], turns: readonly number[]): number {
  const begun = [...turns].sort((one, other) => one - other);
  const arrived = [...arrivals].sort((one, other) => one - other);
  let used = 0;
  let without = 0;
  for (const at of arrived) {
    const turn = begun[used];
    if (turn !== undefined && turn <= at + TOLERANCE_MS) used += 1;
    else without += 1;
  }
  return without;
}
