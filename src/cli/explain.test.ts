import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../package.js';
import { conform, temporaryFolder } from '../testing/conform.js';
import { recorded, recordedFile } from '../testing/recorded.js';

const explained = async (stdin: string | Buffer, ...args: string[]) =>
  conform(['explain', ...args], { stdin });
const BOATS = ['--spec-dir', join(PACKAGE_ROOT, 'examples/boats')];

interface Listed {
  outcome: string;
  cause?: string;
  confidence?: string;
  status?: number | null;
  count: number;
  request: { method?: string; url?: string; credentials: string };
  contract?: Record<string, unknown>;
  next?: { command: string }[];
}

async function listed(stdin: string | Buffer, ...args: string[]): Promise<Listed[]> {
  const { out } = await explained(stdin, '--json', ...args);
  const list: unknown = JSON.parse(out);
  expect(list).toBeInstanceOf(Array);
  return list as Listed[];
}

const FORBIDDEN = 'HTTP/1.1 403 Forbidden\ncontent-type: application/json\n\n{"code":17,"reason":"closed"}\n';
const OWN_WORDS = '{"code":17,"reason":"closed"}';

describe('a text without an answer', () => {
  test.each(['hello', ''])('%j is no answer', async (text) => {
    const { code, out } = await explained(text);
    expect(code).toBe(3);
    expect(out).toContain('No answer was found in this text.');
    expect(out).toContain('curl -i');
    expect(await listed(text)).toEqual([]);
  });

  test('a body whose words are not known, without its status, is one of which nothing can be said', async () => {
    const { code, out } = await explained(OWN_WORDS);
    expect(code).toBe(3);
    expect(out).toContain('--status gives the status');
  });

  test('a picture is refused', async () => {
    const { code, err } = await explained(Buffer.from('89504e470d0a1a0a0000', 'hex'));
    expect(code).toBe(2);
    expect(err).toContain('a PNG picture');
  });
});

describe('what the text does not say can be given', () => {
  test('the status, the method and the address', async () => {
    const args = ['--status', '403', '--method', 'get', '--url', 'https://api.example/v1/things'];
    expect(await listed(OWN_WORDS, ...args)).toMatchObject([
      {
        outcome: 'denied',
        status: 403,
        confidence: 'possible',
        request: { method: 'GET', url: 'https://api.example/v1/things' },
      },
    ]);
  });

  test('what the text says otherwise is an error', async () => {
    const { code, err } = await explained(FORBIDDEN, '--status', '401');
    expect(code).toBe(2);
    expect(err).toContain('Leave --status out');
  });

  test.each([
    ['--status', '42'],
    ['--method', '4'],
    ['--url', 'things'],
  ])('%s %s is none', async (option, value) => {
    expect((await explained(FORBIDDEN, option, value)).code).toBe(2);
  });
});

describe('where a word would decide, a person is asked', () => {
  const withFile = async (answer: string, options: Parameters<typeof conform>[1], ...args: string[]) => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'body.json');
    await writeFile(file, OWN_WORDS);
    return await conform(['explain', file, ...args], { stdin: answer, ...options });
  };

  test('for the status of a body', async () => {
    const { code, out, err } = await withFile('it was 403\n', { isTerminal: true });
    expect(err).toContain('Which status did it come with?');
    expect(out).toContain('denied');
    expect(code).toBe(0);
  });

  test('who does not know it reads what would help', async () => {
    const { code, out } = await withFile('\n', { isTerminal: true });
    expect(out).toContain('--status gives the status');
    expect(code).toBe(3);
  });

  test.each<[string, Parameters<typeof conform>[1], string[]]>([
    ['without a terminal', {}, []],
    ['on a build server', { isTerminal: true, env: { CI: 'true' } }, []],
    ['with --quiet', { isTerminal: true }, ['--quiet']],
  ])('nobody is asked %s', async (_, options, args) => {
    const { code, err } = await withFile('403\n', options, ...args);
    expect(err).toBe('');
    expect(code).toBe(3);
  });
});

describe('several answers', () => {
  const TWO = `$ curl -i https://api.example/v1/people
HTTP/1.1 401 Unauthorized
WWW-Authenticate: Bearer error="invalid_token", error_description="The access token expired"
Content-Length: 0

$ curl -i https://api.example/v1/visits
HTTP/1.1 404 Not Found
Content-Length: 0

$ curl -i https://api.example/v1/c
HTTP/1.1 200 OK
Content-Length: 0
`;

  test('the last refusal comes first, all others in a line each', async () => {
    const { code, out } = await explained(TWO);
    expect(code).toBe(0);
    expect(out.split('\n')[0]).not.toContain('the token has expired');
    expect(out).toContain('GET https://api.example/v1/visits: 404.');
    expect(out).toMatch(
      /^ {2}1 × 401, denied: the token has expired \(GET https:\/\/api\.example\/v1\/people\)$/m,
    );
    expect(out).toMatch(/^ {2}1 × 200, works/m);
    expect((await listed(TWO)).map(({ status }) => status)).toEqual([401, 404, 200]);
  });

  test('what means the same is counted, unless details are wanted', async () => {
    const entry = (status: number) => ({
      request: { method: 'GET', url: `https://api.example/v1/things/${status}`, headers: [] },
      response: { status, headers: [], content: { size: 2 } },
    });
    const statuses = Array.from(
      { length: 300 },
      (_, index) => [200, 401, 403, 404, 429, 500][index % 6] ?? 0,
    );
    const har = JSON.stringify({ log: { entries: statuses.map(entry) } });
    const { out } = await explained(har);
    expect(out.split('\n').length).toBeLessThan(40);
    expect(out).toContain('50 × 200, works');
    expect((await listed(har)).map(({ count }) => count)).toEqual(Array(6).fill(50));
    expect(await listed(har, '--details')).toHaveLength(300);
  });
});

describe('held against the contract of the spec folder', () => {
  test('an operation that it has, with a parameter that it does not have', async () => {
    const [only] = await listed(
      'GET https://api.boats.example/boats?kind=a&colour=red\n403 Forbidden',
      ...BOATS,
    );
    expect(only?.contract).toEqual({ operation: 'GET /boats', unknownParameters: ['colour'] });
    expect(only?.next?.map(({ command }) => command)).toContain('conform check --only "GET /boats"');
  });

  test('and what the newest run says of it', async () => {
    await using folder = await temporaryFolder();
    const run = await recorded('2026-02-26');
    await mkdir(join(folder.path, 'runs'));
    await copyFile(recordedFile('2026-02-26'), join(folder.path, 'runs', `${run.id}.json`));
    const operation = run.operations.find(({ outcome, id }) => outcome !== 'skipped' && id.startsWith('GET'));
    const asked = `${operation?.id.replaceAll(/\{\w+\}/g, '1') ?? ''}\n403 Forbidden`;
    const { out } = await explained(asked, '--out', folder.path);
    expect(out).toContain(`The contract has it: ${operation?.id ?? ''}.`);
    expect(out.replaceAll(/\s+/g, ' ')).toContain(
      `When ${run.target} was last checked, at ${run.startedAt}, it was found to be: ${operation?.outcome ?? ''}`,
    );
  });
});

test('a text in another encoding is read', async () => {
  const [only] = await listed(Buffer.from(`\ufeff${FORBIDDEN}`, 'utf16le'));
  expect(only).toMatchObject({ status: 403, outcome: 'denied' });
});
