import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadContract } from '../../contract/load.js';
import { featuresIn } from '../../impact/features.js';
import { samplesOf } from '../../probe/samples.js';
import { contractFacts } from '../../contract/facts.js';
import { openFolder } from '../../artefact/folder.js';
import { Secrets } from '../../targets/secrets.js';
import { consumerOf } from '../../testing/consumer.js';
import { temporaryFolder } from '../../testing/folder.js';
import { HOSTILE_TEXTS, hostileContract } from '../../testing/hostile.js';
import { hostileRun } from '../../testing/hostile-run.js';
import { jsonShape, markdownShape } from '../../testing/shapes.js';
import { mattersOf } from '../../tickets/case.js';
import { live } from '../../tickets/life.js';
import { writeNotes } from './notes.js';
import { writeTicket } from './write.js';

/** The files of a ticket, and the note of what is ours, of a run and a contract that hold a text wherever they can. */
async function written(text: string) {
  await using folder = await temporaryFolder();
  const out = openFolder(folder.path, new Secrets());
  const file = join(folder.path, 'contract.json');
  await writeFile(file, JSON.stringify(hostileContract(text)));
  const contract = await loadContract(file);
  const run = hostileRun(text, contract);
  const consumer = consumerOf(text, { [text]: contract.operations.map(({ id }) => id) });
  const { cases } = mattersOf(run, () => ({ routedAt: undefined, standing: undefined }));
  const [ticket] = live([], run, cases, () => text);
  if (!ticket) throw new Error('the run gives no ticket');
  const sources = {
    facts: contractFacts(contract),
    ...{ samples: samplesOf({}), targets: [], features: featuresIn([consumer]) },
    support: { customer: text, to: 'support@vendor.example', from: 'us@shop.example' },
    elsewhere: [{ ...run, target: `${text}2` }],
  };
  const result = await writeTicket(ticket, sources, { out, kept: out });
  const notes = [{ target: text, operation: text, why: text, what: text }];
  const [markdown = '', state = '', mail = ''] = await Promise.all(
    result.files.map((one) => readFile(one, 'utf8')),
  );
  const ours = await readFile(await writeNotes(notes, out), 'utf8');
  return { markdown, state, mail, ours, subject: result.subject };
}

/** A mail as a library reads it, without its words. */
async function mailShape(mail: string) {
  const { headers, from, to, attachments, text = '' } = await PostalMime.parse(mail);
  return {
    headers: headers.map(({ key }) => key),
    addresses: [from?.address, ...(to ?? []).map(({ address }) => address)],
    attachments: attachments.map(({ filename, mimeType, content }) => [
      ...[filename, mimeType],
      jsonShape(JSON.parse(typeof content === 'string' ? content : new TextDecoder().decode(content))),
    ]),
    // The script holds a body, which may have lines.
    lines: text.slice(0, text.indexOf('To see it yourself')).split('\n').length,
  };
}

const UNSEEN = /(?!\t)[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** A text without blanks and what is not seen. */
function inWords(text: string): string {
  return Buffer.from(text)
    .toString()
    .replace(/[\s\ufffd\p{Cc}\p{Cf}]/gu, '');
}

const TEXTS = HOSTILE_TEXTS.filter((text) => text.trim() !== '');

describe('a ticket that is made of hostile texts', () => {
  let plain: Awaited<ReturnType<typeof written>>;
  beforeAll(async () => {
    plain = await written('word');
  });

  test.each(TEXTS.map((text) => [JSON.stringify(text).slice(0, 60), text] as const))(
    '%s',
    async (_, text) => {
      const own = await written(text);
      expect(markdownShape(own.markdown)).toEqual(markdownShape(plain.markdown));
      expect(markdownShape(own.ours)).toEqual(markdownShape(plain.ours));
      const shape = await mailShape(own.mail);
      const wanted = await mailShape(plain.mail);
      expect({ ...shape, attachments: shape.attachments.length }).toEqual({
        ...wanted,
        attachments: wanted.attachments.length,
      });
      expect(shape.attachments.map(([name, type]) => [name, type])).toEqual(
        wanted.attachments.map(([name, type]) => [name, type]),
      );
      const { subject = '', text: body = '' } = await PostalMime.parse(own.mail);
      expect(subject).not.toMatch(UNSEEN);
      expect(body.replace(/\n/g, '')).not.toMatch(UNSEEN);
      expect(inWords(subject)).toBe(inWords(own.subject));
      for (const line of own.mail.split('\r\n')) expect(line).toMatch(/^[\x20-\x7e]{0,998}$/);
    },
  );
});
