import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import { writeMail } from './mail.js';

const PLAIN = {
  from: undefined,
  to: 'support@vendor.example',
  subject: 'plain',
  date: new Date('2026-02-06T07:08:09Z'),
  text: 'Hello\n',
  attachments: [{ name: 'evidence.json', type: 'application/json', text: '{"a":"ü"}' }],
};

function headers(mail: string): string {
  return mail.slice(0, mail.indexOf('\r\n\r\n'));
}

/** What a mail library reads. */
async function parsed(mail: string) {
  const { subject, text, attachments } = await PostalMime.parse(mail);
  const contents = attachments.map(({ content }) =>
    typeof content === 'string' ? content : new TextDecoder().decode(content),
  );
  return { subject, text, names: attachments.map(({ filename }) => filename), contents };
}

describe('a ticket as a mail', () => {
  test('has a date with its zone, a draft mark, and its attachment whole', async () => {
    const mail = await writeMail(PLAIN);
    expect(headers(mail)).toContain('Date: Fri, 06 Feb 2026 07:08:09 +0000');
    expect(headers(mail)).toContain('X-Unsent: 1');
    const { names, contents } = await parsed(mail);
    expect(names).toEqual(['evidence.json']);
    expect(contents).toEqual(['{"a":"ü"}']);
  });

  test.each([
    'production: POST /v2/documents/: 500; server error',
    `a very long subject ${'word '.repeat(40)}end`,
    `nicht erlaubt: „${'größer '.repeat(20)}“ 🙂`,
    'looks like =?utf-8?B?AAAA?= but is not',
  ])('a subject comes back as it was: %s', async (subject) => {
    const mail = await writeMail({ ...PLAIN, subject });
    expect((await parsed(mail)).subject).toBe(subject);
    for (const line of headers(mail).split('\r\n')) expect(line.length).toBeLessThanOrEqual(78);
  });

  test('a line break in a subject makes no header', async () => {
    const mail = await writeMail({ ...PLAIN, subject: 'a\r\nBcc: everybody@vendor.example' });
    expect(headers(mail)).not.toMatch(/^Bcc:/m);
  });

  test('what a terminal obeys or shows in another order is in no part of it', async () => {
    const text = 'a\u001b[31mb\u009bc\u202ed\u007f\ttab\r\nline';
    const mail = await writeMail({
      ...{ ...PLAIN, subject: text, text },
      attachments: [{ name: 'evidence.json', type: 'application/json', text }],
    });
    const shown = 'a\ufffd[31mb\ufffdc\ufffdd\ufffd\ttab\nline';
    const read = await parsed(mail);
    expect(read.subject).toBe('a\ufffd[31mb\ufffdc\ufffdd\ufffd tab line');
    expect(read.text?.trimEnd()).toBe(shown);
    expect(read.contents).toEqual([shown]);
  });

  test('is ASCII in short lines, whatever the text', async () => {
    const text = `„${'ä'.repeat(200)}“ = ${'x'.repeat(300)} \n.\n--=_not-a-boundary\nFrom us\n`;
    const mail = await writeMail({ ...PLAIN, text });
    expect(Buffer.byteLength(mail)).toBe(mail.length);
    for (const line of mail.split('\r\n')) expect(line.length).toBeLessThanOrEqual(78);
    // The library ends a text with a line break of its own.
    expect((await parsed(mail)).text).toBe(`${text}\n`);
  });

  test('is the same file when it is written twice, and another one of another text', async () => {
    const mail = await writeMail(PLAIN);
    expect(await writeMail(PLAIN)).toBe(mail);
    const other = await writeMail({ ...PLAIN, text: 'Good morning\n' });
    const messageId = /^Message-ID: (.*)$/im;
    expect(messageId.exec(other)?.[1]).not.toBe(messageId.exec(mail)?.[1]);
  });
});
