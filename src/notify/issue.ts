import { isArray, isObject, parseJson, type Json, type JsonObject } from '../json.js';
import { Problem } from '../problem.js';
import { textOf, type Message } from './message.js';
import type { Means, Notifier } from './notifier.js';
import { isPrivateWay, type PostRequest } from './post.js';
import type { IssueSettings } from './settings.js';

const GITHUB = 'https://api.github.com';
const MOST_PAGES = 20;
const PER_PAGE = 100;
/** GitHub takes 256 characters of a title and 65,536 of a text. */
const LONGEST_TITLE = 200;
const LONGEST_TEXT = 60_000;

/**
 * One issue for as long as something is open: opened with the first change, commented on with each further one, and closed
 * when all is over. It is found again by a key in its text. A comment carries the id of its message, so that one whose
 * delivery was not recorded is not written a second time.
 */
export function issueNotifier(name: string, settings: IssueSettings, means: Means): Notifier {
  const { key = 'nightly' } = settings;
  return {
    name,
    deliver: async (message) => {
      const call = caller(settings, means);
      const open = await findOpen(call, markOf(key));
      const text = `${bodyOf(message)}\n${markOf(key)}\n${markOf(message.id)}\n`;
      const isOver = message.appeared.length === 0 && message.stillOpen.length === 0;
      if (open === undefined) {
        // What is over needs no new one, should somebody have closed it.
        if (!isOver) await call('POST', '/issues', { title: titleOf(message), body: text });
        return;
      }
      if (!(await isWritten(call, open, markOf(message.id)))) {
        await call('POST', `/issues/${open.number}/comments`, { body: text });
      }
      if (isOver) await close(call, open);
    },
    settle: async (message) => {
      // Where nobody has given it a token, it has opened nothing.
      if (!hasToken(settings, means)) return;
      const call = caller(settings, means);
      const open = await findOpen(call, markOf(key));
      if (open === undefined) return;
      await call('POST', `/issues/${open.number}/comments`, { body: bodyOf(message) });
      await close(call, open);
    },
  };
}

async function close(call: Call, { number }: Issue): Promise<void> {
  await call('PATCH', `/issues/${number}`, { state: 'closed' });
}

function tokenVariable({ token = 'GITHUB_TOKEN' }: IssueSettings): string {
  return token;
}

function hasToken(settings: IssueSettings, { environment }: Means): boolean {
  return (environment[tokenVariable(settings)] ?? '') !== '';
}

/** A mark that nobody sees where the text is shown. */
function markOf(key: string): string {
  return `<!-- conform-night ${key} -->`;
}

function titleOf({ first }: Message): string {
  return first.length > LONGEST_TITLE ? `${first.slice(0, LONGEST_TITLE - 1)}…` : first;
}

/** The text as code, so that nothing in it mentions anybody, links or is laid out. */
function bodyOf(message: Message): string {
  const text = textOf(message).slice(0, LONGEST_TEXT);
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}${text.endsWith('\n') ? '' : '\n'}${fence}\n`;
}

type Call = (method: PostRequest['method'], path: string, body?: JsonObject) => Promise<Json>;

function caller(settings: IssueSettings, { environment, secrets, post }: Means): Call {
  const variable = tokenVariable(settings);
  const token = environment[variable] ?? '';
  const repository = settings.repository ?? environment['GITHUB_REPOSITORY'] ?? '';
  const api = (settings.api ?? environment['GITHUB_API_URL'] ?? GITHUB).replace(/\/+$/, '');
  if (token === '')
    throw new Problem('CONFORM_E_NOTIFIER_VARIABLE_MISSING', `the variable ${variable} is not set`, {
      remedy: 'Set it to a token that may write issues, or leave this notifier out with --notify.',
    });
  secrets.add(token);
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository))
    throw new Problem('CONFORM_E_NOTIFIER_NOT_CONFIGURED', 'the repository of the issue is not known', {
      remedy: 'Set “repository” in nightly.yaml, or the variable GITHUB_REPOSITORY.',
    });
  if (!isPrivateWay(api))
    throw new Problem('CONFORM_E_NOTIFIER_ADDRESS_INSECURE', 'the address of the code host is not https', {
      remedy: 'Write it with https://, because a token is sent there.',
    });
  return async (method, path, body) => {
    const { status, body: answer } = await post({
      method,
      url: `${api}/repos/${repository}${path}`,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (status >= 200 && status < 300) return parseJson(answer) ?? null;
    throw new Problem(
      'CONFORM_E_NOTIFICATION_FAILED',
      `the code host answers ${method} of issues with ${status}`,
      {
        remedy: `Check that the token in ${variable} may read and write the issues of ${repository}.`,
      },
    );
  };
}

interface Issue {
  number: number;
  body: string;
}

/** The open issue with a mark; the oldest, should there be several. */
async function findOpen(call: Call, mark: string): Promise<Issue | undefined> {
  const open = await allOf(call, '/issues?state=open&sort=created&direction=asc');
  for (const one of open) {
    const { number, body, pull_request: request } = one;
    if (
      typeof number === 'number' &&
      typeof body === 'string' &&
      request === undefined &&
      body.includes(mark)
    )
      return { number, body };
  }
  return undefined;
}

/** Whether the issue, or a comment of it, has a mark. */
async function isWritten(call: Call, { number, body }: Issue, mark: string): Promise<boolean> {
  if (body.includes(mark)) return true;
  const comments = await allOf(call, `/issues/${number}/comments?sort=created`);
  return comments.some((one) => typeof one['body'] === 'string' && one['body'].includes(mark));
}

async function allOf(call: Call, path: string): Promise<JsonObject[]> {
  const found: JsonObject[] = [];
  for (let page = 1; page <= MOST_PAGES; page++) {
    const answer = await call('GET', `${path}&per_page=${PER_PAGE}&page=${page}`);
    if (!isArray(answer))
      throw new Problem(
        'CONFORM_E_NOTIFICATION_FAILED',
        'the code host did not answer with a list of issues',
        {
          remedy:
            'Check “api” in nightly.yaml: it has to be the address of the API, not that of the website.',
        },
      );
    found.push(...answer.filter(isObject));
    if (answer.length < PER_PAGE) break;
  }
  return found;
}
