import { createServer, type IncomingMessage } from 'node:http';
import { readFile } from 'node:fs/promises';
import { asText, isObject, parseJson, type JsonObject } from '../../json.js';
import { SIGNATURE_HEADER, signatureOf } from '../../notify/http.js';

/** The secret that the receiver of signed messages shares with the nights. */
export const SECRET = 'Signing-secret-for-tests-1';
export const TOKEN = 'Code-host-token-for-tests-1';

interface Issue {
  number: number;
  title: string;
  body: string;
  state: string;
  comments: string[];
}

/** Who is notified: a code host, and a receiver of signed messages, both on this machine. */
export interface Receivers {
  url: string;
  issues: Issue[];
  /** What was sent to the receiver, signed as it should be. */
  messages: JsonObject[];
  /** Whether they refuse everything for now. */
  areDown: boolean;
  close: () => Promise<void>;
}

export async function startReceivers(): Promise<Receivers> {
  const receivers: Receivers = {
    url: '',
    issues: [],
    messages: [],
    areDown: false,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
  const handle = (request: IncomingMessage, text: string): [number, unknown] => {
    if (receivers.areDown) return [503, {}];
    const { method = '', url = '' } = request;
    const [path = '', query = ''] = url.split('?');
    if (path === '/inbox') return receive(request, text);
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return [401, {}];
    const body = parseJson(text);
    const given = (member: string): string => asText((isObject(body) ? body[member] : undefined) ?? null);
    const [, number, rest] = /^\/repos\/harbour\/nights\/issues(?:\/(\d+))?(\/comments)?$/.exec(path) ?? [];
    const issue = receivers.issues.find((one) => one.number === Number(number));
    if (method === 'POST' && number === undefined) {
      const made = {
        title: given('title'),
        body: given('body'),
        state: 'open',
        comments: [],
      };
      receivers.issues.push({ number: receivers.issues.length + 1, ...made });
      return [201, {}];
    }
    if (method === 'GET' && number === undefined) {
      const isFirst = new URLSearchParams(query).get('page') === '1';
      return [200, isFirst ? receivers.issues.filter(({ state }) => state === 'open') : []];
    }
    if (!issue) return [404, {}];
    if (method === 'GET' && rest !== undefined)
      return [200, issue.comments.map((comment) => ({ body: comment }))];
    if (method === 'POST') issue.comments.push(given('body'));
    else issue.state = given('state');
    return [200, {}];
  };
  const receive = (request: IncomingMessage, text: string): [number, unknown] => {
    const signature = String(request.headers[SIGNATURE_HEADER]);
    const seconds = Number(/^t=(\d+),/.exec(signature)?.[1]);
    const message = parseJson(text);
    if (signature !== signatureOf(text, SECRET, seconds) || !isObject(message)) return [400, {}];
    receivers.messages.push(message);
    return [204, undefined];
  };
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const [status, body] = handle(request, text);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  receivers.url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return receivers;
}

/** The messages that the command has appended to a file, one a line. */
export async function messagesIn(file: string): Promise<JsonObject[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    const value = parseJson(line);
    return isObject(value) ? [value] : [];
  });
}
