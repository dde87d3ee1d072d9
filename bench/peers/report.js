// What the rounds show, as a table and a verdict.

/** @typedef {{ tool: import('./tools.js').Tool, trials: readonly import('./trial.js').Trial[] }} Measured */

/**
 * @param {readonly Measured[]} measured conform first
 * @returns {{ text: string, isFastest: boolean }} whether conform, as it is started without more, takes less than every peer
 */
export function report(measured) {
  const lines = measured.map(({ tool, trials }) => {
    const walls = trials.map(({ wallMs }) => wallMs);
    const spread = `${Math.round(Math.min(...walls))} to ${Math.round(Math.max(...walls))}`;
    const cpu = median(trials.map(({ cpuMs }) => cpuMs));
    const requests = median(trials.map(({ requests }) => requests));
    return `${tool.name}: ${Math.round(median(walls))} ms (${spread}), CPU ${Math.round(cpu)} ms, ${requests} requests`;
  });
  const peers = measured.filter(({ tool }) => tool.isPeer);
  let isFastest = true;
  for (const [index, ours] of measured.filter(({ tool }) => !tool.isPeer).entries()) {
    for (const peer of peers) {
      const ratio = ratioOf(ours, peer);
      const decides = index === 0;
      if (decides) isFastest &&= ratio < 1;
      const goal = decides ? ` (goal: below 1) ${ratio < 1 ? 'held' : 'MISSED'}` : '';
      lines.push(`${ours.tool.name} against ${peer.tool.name}: ${ratio.toFixed(2)}${goal}`);
    }
  }
  return { text: lines.map((line) => `${line}\n`).join(''), isFastest };
}

/**
 * The median of the ratios of the rounds: what slows the machine down for a while slows both.
 * @param {Measured} ours
 * @param {Measured} theirs
 */
function ratioOf(ours, theirs) {
  return median(ours.trials.map(({ wallMs }, round) => wallMs / (theirs.trials[round]?.wallMs ?? NaN)));
}

/** @param {readonly number[]} values */
function median(values) {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? NaN)) / 2;
}
