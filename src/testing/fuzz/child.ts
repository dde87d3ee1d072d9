// Tries inputs in a process of its own, which others may end: `node child.js KIND SEED`, and then a task in each message.
import process from 'node:process';
import { isKind } from './kinds.js';
import { openTrials, type Task } from './trial.js';

const [kind = '', seed = ''] = process.argv.slice(2);
if (!isKind(kind)) throw new Error(`there is no kind “${kind}”`);
const trials = await openTrials(kind, Number(seed));
process.on('message', (task: Task) => {
  void trials.attempt(task).then((tried) => process.send?.(tried));
});
process.on('disconnect', () => {
  void trials.close().then(() => process.exit(0));
});
process.send?.('ready');
