/* global console, performance, process */
// Sends the requests of a file, eight at a time, reads the answers and drops them; prints the milliseconds.
import { readFileSync } from 'node:fs';
import { Agent, request } from 'undici';

/** @type {{ method: string, url: string, headers: Record<string, string>, body?: string }[]} */
const queue = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
const agent = new Agent({ connections: 8 });
const started = performance.now();
const worker = async () => {
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { url, ...options } = next;
    const { body } = await request(url, { ...options, dispatcher: agent });
    await body.arrayBuffer();
  }
};
await Promise.all(Array.from({ length: 8 }, worker));
console.log(performance.now() - started);
await agent.close();
