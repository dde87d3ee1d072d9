/**
 * Does tasks, so many at once, and gives what they gave, in their order.
 * @template T
 * @param {readonly (() => Promise<T>)[]} tasks
 * @param {number} atOnce
 * @param {() => boolean} isOver then no further one is begun
 * @returns {Promise<T[]>}
 */
export async function inTurn(tasks, atOnce, isOver) {
  /** @type {T[]} */
  const done = [];
  let next = 0;
  const work = async () => {
    while (next < tasks.length && !isOver()) {
      const index = next++;
      const task = tasks[index];
      if (task) done[index] = await task();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return done.filter((_, index) => index in done);
}
