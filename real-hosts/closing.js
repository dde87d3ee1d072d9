import process from 'node:process';

// What was started and has to be ended, however the check ends.

/** @type {Set<() => Promise<void>>} */
const open = new Set();
let ending = false;

/**
 * Has something ended with the check, unless it was ended before.
 * @param {() => Promise<void>} close
 * @returns {() => Promise<void>} ends it now; a second call waits for the first
 */
export function closeAtEnd(close) {
  /** @type {Promise<void> | undefined} */
  let closing;
  const once = () => (closing ??= close().finally(() => open.delete(once)));
  open.add(once);
  return once;
}

/** Whether everything is being ended: then nothing new is to be started. */
export function isEnding() {
  return ending;
}

/** Ends everything that is open, the newest first, and what is opened meanwhile. */
export async function closeAll() {
  ending = true;
  for (let newest = [...open].at(-1); newest; newest = [...open].at(-1)) await newest();
}

/**
 * Does a check to its end: what was started is ended however that goes, and a signal ends it with 128 and its number.
 * @param {() => Promise<number>} main gives the exit code
 */
async function runToEnd(main) {
  endWith('SIGINT', 130);
  endWith('SIGTERM', 143);
  try {
    const code = await main();
    if (!isEnding()) process.exitCode = code;
  } catch (error) {
    // What was stopped fails, and there is nothing to report of that.
    if (!isEnding()) throw error;
  } finally {
    await closeAll();
  }
}

/**
 * Does a script to its end by what its command line says; what is wrong with that is said, and ends it with 2.
 * @template Options
 * @param {() => Options} readOptions throws for what it cannot take
 * @param {(options: Options) => Promise<number>} main gives the exit code
 */
export async function runScript(readOptions, main) {
  await runToEnd(async () => {
    let options;
    try {
      options = readOptions();
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      return 2;
    }
    return main(options);
  });
}

/** @param {NodeJS.Signals} signal @param {number} code */
function endWith(signal, code) {
  process.once(signal, () => {
    process.exitCode = code;
    void closeAll().finally(() => process.exit());
  });
}
