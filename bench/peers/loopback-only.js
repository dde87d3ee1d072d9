// Loaded into a program before anything else (`node --import`): it connects to this machine only, and what it tries
// beyond that is written to a file.
import { appendFileSync } from 'node:fs';
import { Socket } from 'node:net';
import process from 'node:process';

const HERE = new Set(['127.0.0.1', '::1', 'localhost']);
const connect = Socket.prototype.connect;

/** @param {any[]} args @returns {any} */
Socket.prototype.connect = function (...args) {
  // `net.connect` hands its arguments over as one list.
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  const { host, path } = typeof first === 'object' && first ? first : { host: second };
  if (path !== undefined || host === undefined || HERE.has(host)) return Reflect.apply(connect, this, args);
  appendFileSync(process.env['BENCH_ATTEMPTS'] ?? '', `${host}\n`);
  throw new Error(`no connection to ${host} during the benchmark`);
};
