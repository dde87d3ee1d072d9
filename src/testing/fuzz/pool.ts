import { fork, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../../clock.js';
import { PACKAGE_ROOT } from '../../package.js';
import type { Json } from '../../json.js';
import type { KindName } from './kinds.js';
import { reduced } from './reduce.js';
import { MOST_CPU_MS, type Task, type Tried } from './trial.js';

/** What a run of inputs has come to. */
export interface Sum {
  tried: number;
  /** How often commands ended with which code. */
  exits: Record<string, number>;
  slowestMs: number;
  slowest: number;
  findings: Found[];
}

/** One fault, with the smallest input that shows it. */
export interface Found {
  what: string;
  where: string;
  /** The first input that showed it, and how many did. */
  index: number;
  times: number;
  by: readonly string[];
  tree: Json | undefined;
}

export interface PoolOptions {
  kind: KindName;
  seed: number;
  from: number;
  count: number;
  jobs: number;
  /** How often a smaller input may be tried for each fault; 0 leaves them as they are. */
  reductions: number;
  isEnding?: () => boolean;
  onProgress?: (sum: Sum) => void;
}

/** What a child may take at the most: of a heap in MB, of a processor and of time in milliseconds. */
const HEAP_MB = 512;
const KILL_CPU_MS = 3 * MOST_CPU_MS;
const KILL_AFTER_MS = 10 * 60_000;

/** Tries inputs in processes of their own, and makes what shows a fault smaller. */
export async function tryMany(options: PoolOptions): Promise<Sum> {
  const sum: Sum = { tried: 0, exits: {}, slowestMs: 0, slowest: -1, findings: [] };
  let next = options.from;
  const end = options.from + options.count;
  await Promise.all(
    Array.from({ length: options.jobs }, async () => {
      await using worker = openWorker(options);
      while (next < end && options.isEnding?.() !== true) {
        const tried = await worker.attempt({ index: next++ });
        add(sum, tried);
        const { finding } = tried;
        if (finding) {
          const known = sum.findings.find(({ what }) => what === finding.what);
          if (known) known.times += 1;
          else {
            const found: Found = { ...finding, index: tried.index, times: 1, by: tried.by, tree: tried.tree };
            sum.findings.push(found);
            if (tried.tree !== undefined && options.reductions > 0)
              found.tree = await smallest(worker, tried, tried.tree, options.reductions);
          }
        }
        options.onProgress?.(sum);
      }
    }),
  );
  return sum;
}

function add(sum: Sum, { index, exits, cpuMs }: Tried): void {
  sum.tried += 1;
  for (const code of exits) sum.exits[String(code)] = (sum.exits[String(code)] ?? 0) + 1;
  if (cpuMs > sum.slowestMs) Object.assign(sum, { slowestMs: Math.round(cpuMs), slowest: index });
}

function smallest(worker: Worker, { index, finding }: Tried, tree: Json, most: number): Promise<Json> {
  const isStillSo = async (smaller: Json): Promise<boolean> => {
    const again = await worker.attempt({ index, instead: { tree: smaller, plain: false } });
    return again.finding?.what === finding?.what;
  };
  return reduced(tree, isStillSo, most);
}

interface Worker extends AsyncDisposable {
  attempt: (task: Task) => Promise<Tried>;
}

/** A child process that is started again when an input has ended it. */
function openWorker({ kind, seed }: PoolOptions): Worker {
  let child: Promise<ChildProcess> | undefined;
  const start = (): Promise<ChildProcess> =>
    new Promise((resolve, reject) => {
      const started = fork(join(PACKAGE_ROOT, 'dist/src/testing/fuzz/child.js'), [kind, String(seed)], {
        execArgv: [`--max-old-space-size=${HEAP_MB}`],
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        env: { PATH: process.env['PATH'], NO_COLOR: '1' },
      });
      started.once('message', () => {
        resolve(started);
      });
      started.once('exit', (code) => {
        reject(
          new Error(`the process that tries inputs has ended with ${String(code)} before the first one`),
        );
      });
    });
  return {
    attempt: async (task) => {
      const running = await (child ??= start());
      return new Promise((resolve) => {
        const began = systemClock.ticks();
        const had = cpuOf(running.pid);
        let why: string | undefined;
        const end = (tried: Tried): void => {
          clearInterval(timer);
          running.removeAllListeners('message');
          running.removeAllListeners('exit');
          resolve(tried);
        };
        const timer = setInterval(() => {
          void Promise.all([had, cpuOf(running.pid)]).then(([before, now]) => {
            if (now - before > KILL_CPU_MS) why = 'it takes too long, and does not end';
            else if (systemClock.ticks() - began > KILL_AFTER_MS)
              why = 'it waits for something that does not come';
            if (why !== undefined) running.kill('SIGKILL');
          });
        }, 1000);
        running.once('message', (tried: Tried) => {
          end(tried);
        });
        running.once('exit', (code, signal) => {
          child = undefined;
          const ended = signal === null ? `with ${String(code)}` : `by ${signal}`;
          const memory = signal === 'SIGABRT' ? ': it may have needed more than its memory' : '';
          const what = why ?? `it ends the process ${ended}${memory}`;
          end({ index: task.index, finding: { what, where: 'the process' }, cpuMs: 0, by: [], exits: [] });
        });
        running.send(task);
      });
    },
    [Symbol.asyncDispose]: async () => {
      const running = await child?.catch(() => undefined);
      if (!running) return;
      await new Promise((resolve) => {
        running.removeAllListeners('exit');
        running.once('exit', resolve);
        running.disconnect();
      });
    },
  };
}

/** Milliseconds of a processor that a process has had; 0 where the system does not say. A tick is 10 ms on Linux. */
async function cpuOf(pid: number | undefined): Promise<number> {
  const text = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => '');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * 10;
}
