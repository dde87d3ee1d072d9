import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { standingClock } from '../testing/clock.js';
import { temporaryFolder } from '../testing/folder.js';
import { messagesIn, SECRET, startReceivers, TOKEN } from '../testing/quarter/receivers.js';
import { serve } from '../testing/serve.js';
import { Secrets } from '../targets/secrets.js';
import { join } from 'node:path';
import { createNotifiers } from './index.js';
import { signatureOf } from './http.js';
import { textOf, type Message } from './message.js';
import type { Means, Notifier } from './notifier.js';
import { isPrivateWay, systemPost } from './post.js';
import { systemPrograms, type Programs } from './program.js';
import type { NotifierEntry } from './settings.js';

const MESSAGE: Message = {
  format: 'conform-night-message/1',
  id: '0123456789abcdef',
  night: '2026-03-05T09:17:00.000Z',
  colour: 'RED',
  first: 'RED live: GET /things/: works → denied; new since last night',
  appeared: [{ key: 'a', text: 'live: GET /things/: works → denied' }],
  over: [],
  stillOpen: [],
};
const OVER: Message = {
  ...MESSAGE,
  id: 'fedcba9876543210',
  colour: 'GREEN',
  over: MESSAGE.appeared,
  appeared: [],
};

function meansOf(given: Partial<Means> = {}): Means {
  return {
    environment: { GITHUB_TOKEN: TOKEN, NIGHT_SECRET: SECRET, PATH: process.env['PATH'] },
    secrets: new Secrets(),
    clock: standingClock(new Date('2026-03-05T09:18:00Z')),
    programs: systemPrograms,
    post: systemPost,
    ...given,
  };
}

function one(entry: NotifierEntry, means: Means): Notifier {
  const [notifier] = createNotifiers([entry], undefined, means);
  if (!notifier) throw new Error('there is none');
  return notifier;
}

describe('an issue of a code host', () => {
  const issue = (api: string): NotifierEntry => ({ issue: { repository: 'harbour/nights', api } });

  test('is opened, commented on with what is new, and closed when all is over', async () => {
    const receivers = await startReceivers();
    const { deliver } = one(issue(receivers.url), meansOf());
    await deliver(MESSAGE);
    await deliver({ ...MESSAGE, id: 'second', stillOpen: MESSAGE.appeared });
    await deliver(OVER);
    await deliver(MESSAGE);
    await receivers.close();
    expect(receivers.issues.map(({ state, comments }) => [state, comments.length])).toEqual([
      ['closed', 2],
      ['open', 0],
    ]);
  });

  test('is found by its mark, whatever its title is', async () => {
    const receivers = await startReceivers();
    const { deliver } = one(issue(receivers.url), meansOf());
    const title = 'RED live';
    receivers.issues.push({ number: 1, title, body: 'of somebody else', state: 'open', comments: [] });
    await deliver(MESSAGE);
    for (const open of receivers.issues) open.title = 'Somebody has renamed it';
    await deliver({ ...MESSAGE, id: 'second' });
    await receivers.close();
    expect(receivers.issues.map(({ comments }) => comments.length)).toEqual([0, 1]);
  });

  test('is not written to twice with one message', async () => {
    const receivers = await startReceivers();
    const { deliver } = one(issue(receivers.url), meansOf());
    const second = { ...MESSAGE, id: 'second' };
    for (const message of [MESSAGE, MESSAGE, second, second]) await deliver(message);
    await receivers.close();
    expect(receivers.issues.map(({ comments }) => comments.length)).toEqual([1]);
  });

  test('that is still open although nothing is, is closed', async () => {
    const receivers = await startReceivers();
    const notifier = one(issue(receivers.url), meansOf());
    await notifier.settle?.(OVER);
    await notifier.deliver(MESSAGE);
    await notifier.settle?.({ ...OVER, over: [] });
    await receivers.close();
    expect(receivers.issues.map(({ state }) => state)).toEqual(['closed']);
  });

  test('shows foreign text as text: no mention, no heading, no end of the block', async () => {
    const receivers = await startReceivers();
    const hostile = '@everyone ```` <!-- conform-night other --> # heading';
    await one(issue(receivers.url), meansOf()).deliver({ ...MESSAGE, first: hostile });
    await receivers.close();
    expect(receivers.issues[0]?.body).toMatch(/^`````text\n[^]*\n`````\n/);
  });

  test.each([
    ['without a token', {}, 'GITHUB_TOKEN is not set'],
    ['with a token that is refused', { GITHUB_TOKEN: 'another-token-1' }, 'answers GET of issues with 401'],
  ])('%s it cannot be delivered', async (_, environment, said) => {
    const receivers = await startReceivers();
    const notifier = one(issue(receivers.url), meansOf({ environment }));
    await expect(notifier.deliver(MESSAGE)).rejects.toThrow(said);
    await receivers.close();
  });

  test('nothing is sent where somebody could read it on the way', async () => {
    const post = () => Promise.reject(new Error('it was sent'));
    const notifier = one(issue('http://code.example'), meansOf({ post }));
    await expect(notifier.deliver(MESSAGE)).rejects.toThrow('the address of the code host is not https');
  });
});

describe('a signed message', () => {
  const http = (url: string): NotifierEntry => ({ http: { url, secret: 'NIGHT_SECRET' } });

  test('arrives as JSON, with a signature of the time and the body', async () => {
    const receivers = await startReceivers();
    await one(http(`${receivers.url}/inbox`), meansOf()).deliver(MESSAGE);
    await receivers.close();
    expect(receivers.messages).toEqual([MESSAGE]);
    const digest = createHmac('sha256', 'key').update('12.body').digest('hex');
    expect(signatureOf('body', 'key', 12)).toBe(`t=12,v1=${digest}`);
  });

  test('is not delivered when it is refused, redirected, or nobody answers', async () => {
    await using moved = await serve((_, response) => {
      response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end();
    });
    await expect(one(http(moved.url), meansOf()).deliver(MESSAGE)).rejects.toThrow('answered with 302');
    await expect(one(http('http://127.0.0.1:9'), meansOf()).deliver(MESSAGE)).rejects.toThrow(
      'the receiver does not answer (ECONNREFUSED)',
    );
  });

  test('goes over https, or stays on this machine', async () => {
    const post = () => Promise.reject(new Error('it was sent'));
    await expect(one(http('http://inbox.example'), meansOf({ post })).deliver(MESSAGE)).rejects.toThrow(
      'not https',
    );
    expect(
      ['https://x.example', 'http://localhost:1', 'http://127.0.0.1', 'http://[::1]:80'].every(isPrivateWay),
    ).toBe(true);
    expect(
      [
        'http://x.example',
        'http://127.0.0.1.example',
        'http://localhost.example',
        'ftp://localhost',
        '',
      ].some(isPrivateWay),
    ).toBe(false);
  });

  test('an address that is a secret is read from a variable, and known as one', async () => {
    const receivers = await startReceivers();
    const means = meansOf({ environment: { INBOX: `${receivers.url}/inbox`, NIGHT_SECRET: SECRET } });
    await one({ http: { urlFrom: 'INBOX', secret: 'NIGHT_SECRET' } }, means).deliver(MESSAGE);
    await receivers.close();
    expect(receivers.messages).toHaveLength(1);
    expect([means.secrets.foundIn(`${receivers.url}/inbox`), means.secrets.foundIn(SECRET)]).toEqual([
      true,
      true,
    ]);
  });
});

describe('a command', () => {
  test('gets the message on standard input, and no credentials', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'inbox');
    const script = `cat > '${file}'; printf '{"colour":"%s","id":"%s","token":"%s","given":"%s"}\\n' "$CONFORM_COLOUR" "$CONFORM_ID" "$GITHUB_TOKEN" "$NIGHT_SECRET" >> '${file}'`;
    const entry: NotifierEntry = { command: { run: ['sh', '-c', script], variables: ['NIGHT_SECRET'] } };
    await one(entry, meansOf()).deliver(MESSAGE);
    expect(await messagesIn(file)).toEqual([
      MESSAGE,
      { colour: 'RED', id: MESSAGE.id, token: '', given: SECRET },
    ]);
  });

  test.each([
    ['ends with another code', ['sh', '-c', 'exit 4'], 'exit code 4'],
    ['cannot be started', ['/no/such/program'], 'cannot be started (ENOENT)'],
  ])('that %s has delivered nothing', async (_, run, said) => {
    await expect(one({ command: { run } }, meansOf()).deliver(MESSAGE)).rejects.toThrow(said);
  });
});

describe('the desktop of a Mac', () => {
  const noting = (platform: string) => {
    const started: (readonly string[])[] = [];
    const programs: Programs = {
      platform,
      run: (command) => {
        started.push(command);
        return Promise.resolve();
      },
    };
    return { programs, started };
  };

  test('shows the first line, which is an argument and never a part of the script', async () => {
    const { programs, started } = noting('darwin');
    const first = 'RED " & (do shell script "touch /tmp/x") & "';
    await one({ desktop: {} }, meansOf({ programs })).deliver({ ...MESSAGE, first });
    const [command = []] = started;
    expect(command.slice(-3)).toEqual(['conform: RED', first, '1 new, 0 over, 0 still open']);
    expect(command.slice(0, -3).join(' ')).not.toContain('touch');
  });

  test('is nowhere else', async () => {
    const { programs, started } = noting('linux');
    await expect(one({ desktop: {} }, meansOf({ programs })).deliver(MESSAGE)).rejects.toThrow(
      'work on macOS only',
    );
    expect(started).toEqual([]);
  });
});

test('notifiers are chosen by name', () => {
  const entries: NotifierEntry[] = [{ issue: {} }, { name: 'pager', command: { run: ['true'] } }];
  const names = (chosen?: string[]) => createNotifiers(entries, chosen, meansOf()).map(({ name }) => name);
  expect(names()).toEqual(['issue', 'pager']);
  expect(names(['pager', 'desktop'])).toEqual(['pager', 'desktop']);
  expect(names(['none'])).toEqual([]);
  expect(() => names(['mail'])).toThrow('there is no notifier “mail”');
});

test('the message as a text', () => {
  expect(textOf({ ...MESSAGE, stillOpen: [{ key: 'b', text: 'still' }] })).toBe(
    `${MESSAGE.first}\n\nNew:\n- live: GET /things/: works → denied\n\nStill open:\n- still\n`,
  );
});
