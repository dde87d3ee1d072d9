import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { format } from 'prettier';
import { expect, test } from 'vitest';
import { readTyped } from '../document/read.js';
import { shownText } from '../exchange/texts.js';
import { PACKAGE_ROOT } from '../package.js';
import { CAUSES, LAYERS, type Cause } from './causes.js';
import { OUTCOME_OF } from './outcome.js';
import { sideOf } from './side.js';
import { SignaturesFile, textsOf, type Signature } from './signatures.js';

const FOLDER = join(PACKAGE_ROOT, 'signatures');
/** So many texts are enough to know a refusal again; the rest is in the files. */
const MOST_SHOWN = 3;

const code = (text: string) => {
  const plain = text.replaceAll('|', '\\|').replace(/\s+/g, ' ');
  return plain.includes('`') ? `\`\` ${plain} \`\`` : `\`${plain}\``;
};

function some(texts: readonly string[]): string {
  const shown = texts.slice(0, MOST_SHOWN).map((text) => code(shownText(text)));
  const more = texts.length - shown.length;
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

/** What a refusal looks like, in a few words. */
function looksOf(signature: Signature): string {
  const { status, text, values, common, words, headers, passes, body, members, failure, request } = signature;
  const named = (of: Record<string, string> = {}) =>
    Object.entries(of).map(([name, pattern]) => code(`${name}: ${pattern}`));
  const own = [...textsOf(text), ...textsOf(values)];
  const shared = textsOf(common);
  return [
    ...(status ? [status.join(', ')] : []),
    ...(failure ? [some(failure)] : []),
    ...(own.length > 0 ? [some(own)] : []),
    ...(words === undefined ? [] : [`${some(textsOf(words))} (plain words)`]),
    ...(shared.length > 0 ? [`${some(shared)} (words of many)`] : []),
    ...named(headers),
    ...named(passes).map((one) => `${one} (header of many)`),
    ...(body ? [body.join(' or ')] : []),
    ...(members && members.length > 0 ? [`members ${members.map(code).join(', ')}`] : []),
    ...(request?.authorization === undefined
      ? []
      : [request.authorization ? 'with credentials' : 'without credentials']),
    ...(request?.token === true ? ['at the token endpoint'] : []),
  ].join('; ');
}

/** How surely it is known again where nothing was asked beside it. */
function most({ text, values, common, headers, passes, failure, ambiguous }: Signature): string {
  const isTelling = text ?? values ?? headers ?? failure ?? (common && passes);
  return isTelling !== undefined && ambiguous !== true ? 'likely' : 'possible';
}

function side(layer: Signature['layer'], cause: Cause): string {
  return sideOf({ outcome: OUTCOME_OF[cause], layer, cause }, false) ?? 'not known';
}

async function families() {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.yaml')).sort();
  return Promise.all(
    names.map(async (name) => {
      const file = join(FOLDER, name);
      const [, title = basename(name)] = /^# (.*?)\. /.exec(await readFile(file, 'utf8')) ?? [];
      const { signatures = [] } = await readTyped(file, SignaturesFile);
      return { name, title, signatures };
    }),
  );
}

test('each signature has its line in the docs', async () => {
  const known = (await families()).filter(({ signatures }) => signatures.length > 0);
  const count = known.reduce((sum, { signatures }) => sum + signatures.length, 0);
  const page = [
    '# Refusals that are known',
    '',
    `What ${count} kinds of refusals look like, and what they mean: the signatures of this package (\`signatures/\`), which`,
    '`conform check` and `conform explain` go by. What each says, and how it is fixed, is in the files;',
    '[signatures/README.md](../signatures/README.md) explains their members. `likely` and `possible` say how surely one answer',
    'is known by them; only controls make it `certain` ([words.md](words.md)). `<name>` stands for what varies, `…` for any words.',
    '',
    '## Causes',
    '',
    'The side is that of who can change it; `by layer` where it is that of the layer that answered.',
    '',
    '| cause | meaning | outcome | side |',
    '| --- | --- | --- | --- |',
    ...Object.entries(CAUSES).map(([name, meaning]) => {
      const cause = name as Cause;
      const sides = new Set(LAYERS.map((layer) => side(layer, cause)));
      return `| \`${name}\` | ${meaning} | \`${OUTCOME_OF[cause]}\` | ${sides.size === 1 ? [...sides].join('') : 'by layer'} |`;
    }),
    ...known.flatMap(({ name, title, signatures }) => [
      '',
      `## ${title}`,
      '',
      `In \`${name}\`, each with layer, cause, side, how surely it is known, and standing.`,
      '',
      ...signatures.map((signature) => {
        const { id, stack, layer, cause, standing } = signature;
        const means = [layer, `\`${cause}\``, side(layer, cause), most(signature), standing].join(', ');
        return `- \`${id}\` (${stack}): ${looksOf(signature)} – ${means}`;
      }),
    ]),
    '',
  ].join('\n');
  const text = await format(page, { parser: 'markdown', printWidth: 120 });
  await expect(text).toMatchFileSnapshot('../../docs/refusals.md');
});
