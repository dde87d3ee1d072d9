import { isArray, isObject, type Json } from '../../json.js';
import type { Random } from '../egress/random.js';
import { mutatedPaste } from '../paste-mutations.js';
import { readPasteCases } from '../pastes.js';
import { PERSON, SECRET, type Bench } from './bench.js';
import { boats } from './boats.js';
import { drawForm, PLAIN, written } from './form.js';
import { broken } from './structure.js';

const HOSTS = ['http://127.0.0.1:9', 'https://boats.invalid', `https://${PERSON}.example.test`, ''];
const PATHS = [
  '/boats',
  '/boats/7',
  '/boat/7',
  `/boats/${PERSON}`,
  `/tides?station=${PERSON}`,
  '/loans/{id}',
  '/',
];

/** A call as a browser keeps it (HAR 1.2), with values of a person in it. */
function entry(random: Random): Json {
  const body = JSON.stringify({ message: `No boat of ${PERSON}`, id: PERSON });
  const headers = [
    { name: 'Authorization', value: `Bearer ${SECRET}` },
    { name: 'Location', value: `https://${PERSON}.example.test/login?next=${PERSON}` },
    { name: 'Content-Type', value: 'application/json' },
  ];
  return {
    startedDateTime: '2026-03-01T09:00:00.000Z',
    time: 12.5,
    request: {
      method: random.pick(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'BREW']),
      url: random.pick(HOSTS) + random.pick(PATHS),
      httpVersion: 'HTTP/1.1',
      headers,
      queryString: [{ name: 'station', value: PERSON }],
      cookies: [{ name: 'sid', value: PERSON }],
      postData: { mimeType: 'application/json', text: body },
    },
    response: {
      status: random.pick([200, 301, 400, 401, 403, 404, 422, 429, 500, 503, 0, 999]),
      statusText: PERSON,
      headers,
      content: {
        size: body.length,
        mimeType: 'application/json',
        text: body,
        encoding: random.pick(['', 'base64']),
      },
    },
    cache: {},
    timings: { send: 1, wait: 10, receive: 1.5 },
  };
}

function drawHar(random: Random): Json {
  const entries = Array.from({ length: 1 + Math.floor(random.next() * 3) }, () => entry(random));
  return { log: { version: '1.2', creator: { name: 'x', version: '1' }, pages: [], entries } };
}

/** Calls one by line, as lists and logs have them. */
function drawLines(random: Random): Json {
  const time = '[01/Mar/2026:09:00:00 +0000]';
  const call = (): string =>
    `${random.pick(['GET', 'POST', 'DELETE'])} ${random.pick(HOSTS)}${random.pick(PATHS)}`;
  return Array.from({ length: 1 + Math.floor(random.next() * 5) }, () =>
    random.pick([
      call(),
      `127.0.0.1 - ${PERSON} ${time} "${call()} HTTP/1.1" 403 12 "-" "curl/8"`,
      `curl -X ${call().replace(' ', " '")}' -H 'Authorization: Bearer ${SECRET}' -d '{"id": "${PERSON}"}'`,
      `fetch("${random.pick(HOSTS)}${random.pick(PATHS)}", {method: "POST"})`,
    ]),
  );
}

/** Recorded calls (HAR) and lists of calls, broken. */
export async function openHar(): Promise<Bench> {
  return {
    files: await boats(),
    draw: (random) => {
      const isList = random.next() < 0.35;
      const { tree, by } = broken(isList ? drawLines(random) : drawHar(random), random);
      const form = drawForm(random, false);
      const file = random.pick([
        'calls.har',
        'calls.json',
        'calls.txt',
        'calls.http',
        'calls.js',
        'calls.py',
      ]);
      return {
        tree,
        form,
        by,
        file,
        commands: [
          ['audit', file],
          ['audit', file, '--json', '--details'],
          ['explain', file],
        ],
      };
    },
    bytes: (tree, form) => (isArray(tree) ? lines(tree, form) : written(tree, form)),
  };
}

function lines(tree: readonly Json[], form: Parameters<Bench['bytes']>[1]): Buffer {
  const text = tree.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  return form.bytes === 'plain' ? Buffer.from(text) : Buffer.from(`\ufeff${text}`, 'utf16le');
}

/** What people paste, changed as people and programs do, and then broken line by line. */
export async function openPastes(): Promise<Bench> {
  const pastes = (await readPasteCases()).flatMap(({ cases }) => cases.map(({ paste }) => paste));
  return {
    files: await boats(),
    draw: (random) => {
      const { bytes, by } = mutatedPaste(random.pick(pastes), random);
      const read: Json = bytes.toString().split('\n');
      const changed = broken(read, random);
      const tree = isObject(changed.tree) ? Object.values(changed.tree) : changed.tree;
      return {
        ...{ tree, form: PLAIN, by: [...by, ...changed.by], file: 'paste.txt' },
        commands: [
          ['explain', 'paste.txt'],
          ['explain', 'paste.txt', '--json', '--details'],
          ['audit', 'paste.txt'],
        ],
      };
    },
    bytes: (tree, form) => (isArray(tree) ? lines(tree, form) : written(tree, form)),
  };
}
