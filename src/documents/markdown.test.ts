import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderTemplate, type Dialect } from './template.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'conform-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What a template makes of a text. */
async function made(source: string, text: unknown, dialect: Dialect = 'markdown'): Promise<string> {
  const file = join(folder, 'own.hbs');
  await writeFile(file, source);
  return renderTemplate(file, { text, list: [text] }, dialect);
}

describe('a value in a template', () => {
  test.each<[where: string, source: string, text: string, wanted: string]>([
    ['in a text', 'a {{text}} b', '*x* <b>\n# y', 'a \\*x\\* \\<b\\> # y b'],
    ['in a list', '- {{#each list}}{{this}}{{/each}}', '1. x', '- 1\\. x'],
    ['in a line of code', '    {{text}}: {{text}}', 'a*\n\nb', '    a* b: a* b'],
    ['in code that the template begins', 'run `x {{text}}` now', 'a`b*', "run `x a'b*` now"],
    ['in such code in a table', '| `{{text}}` |', 'a|b', '| `a\\|b` |'],
    ['as code', '{{code text}}', 'a`|b', '`` a`|b ``'],
    ['as code in a table', '| {{code text}} |', 'a|b', '| `a\\|b` |'],
    ['as code that is empty', 'a {{code text}} b', '', 'a ` ` b'],
    [
      'as a command',
      '{{command "run --on {}" text}}',
      'x; $(y) `z`',
      "``` run --on 'x; $(y) `z`' ```".replaceAll('```', '``'),
    ],
    ['as a command in a table', '| {{command "run {} now" text}} |', 'a|b', "| `run 'a\\|b' now` |"],
    ['as it is', '{{{text}}}', '*x*', '*x*'],
  ])('%s', async (_, source, text, wanted) => {
    expect(await made(source, text)).toBe(wanted);
  });

  test('in a plain text is on one line', async () => {
    expect(await made('a: {{text}}\n', 'b*\r\n\r\nc\u2028d', 'text')).toBe('a: b* c d\n');
  });

  test('that there is none of is written as nothing', async () => {
    expect(await made('a{{md text}}b', null)).toBe('ab');
  });
});
