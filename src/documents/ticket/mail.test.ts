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

/** Undoes folding and encoded words (RFC 5322, section 2.2.3; RFC 2047). */
function subjectOf(mail: string): string {
  const [, folded = ''] = /^Subject: (.*(?:\r\n .*)*)/m.exec(headers(mail)) ?? [];
  return folded
    .replace(/\r\n /g, ' ')
    .replace(/\?= =\?utf-8\?B\?/g, '?==?utf-8?B?')
    .replace(/=\?utf-8\?B\?([^?]*)\?=/g, (_whole, text: string) => Buffer.from(text, 'base64').toString());
}

describe('a ticket as a mail', () => {
  test('has a date with its zone, a draft mark, and its attachment whole', () => {
    const mail = writeMail(PLAIN);
    expect(headers(mail)).toContain('Date: Fri, 6 Feb 2026 07:08:09 +0000');
    expect(headers(mail)).toContain('X-Unsent: 1');
    const [, encoded = ''] =
      /filename="evidence\.json"\r\n.*\r\n\r\n([A-Za-z0-9+/=\r\n]+)\r\n--/.exec(mail) ?? [];
    expect(Buffer.from(encoded, 'base64').toString()).toBe('{"a":"ü"}');
  });

  test.each([
    'production: POST /v2/documents/: 500; server error',
    `a very long subject ${'word '.repeat(40)}end`,
    `nicht erlaubt: „${'größer '.repeat(20)}“ 🙂`,
    'looks like =?utf-8?B?AAAA?= but is not',
  ])('a subject comes back as it was: %s', (subject) => {
    const mail = writeMail({ ...PLAIN, subject });
    expect(subjectOf(mail)).toBe(subject);
    for (const line of headers(mail).split('\r\n')) expect(line.length).toBeLessThanOrEqual(78);
  });

  test('a line break in a subject makes no header', () => {
    const mail = writeMail({ ...PLAIN, subject: 'a\r\nBcc: everybody@vendor.example' });
    expect(headers(mail)).not.toMatch(/^Bcc:/m);
  });

  test('what a terminal obeys or shows in another order is in no part of it', () => {
    const text = 'a\u001b[31mb\u009bc\u202ed\u007f\ttab\r\nline';
    const mail = writeMail({
      ...{ ...PLAIN, subject: text, text },
      attachments: [{ name: 'evidence.json', type: 'application/json', text }],
    });
    expect(subjectOf(mail)).toBe('a\ufffd[31mb\ufffdc\ufffdd\ufffd tab line');
    expect(mail).toContain('a=EF=BF=BD[31mb=EF=BF=BDc=EF=BF=BDd=EF=BF=BD=09tab\r\nline');
    const [, encoded = ''] =
      /filename="evidence\.json"\r\n.*\r\n\r\n([A-Za-z0-9+/=\r\n]+)\r\n--/.exec(mail) ?? [];
    expect(Buffer.from(encoded, 'base64').toString()).toBe('a\ufffd[31mb\ufffdc\ufffdd\ufffd\ttab\nline');
  });

  test('is ASCII in short lines, whatever the text', () => {
    const text = `„${'ä'.repeat(200)}“ = ${'x'.repeat(300)} \n.\n--=_not-a-boundary\n`;
    const mail = writeMail({ ...PLAIN, text });
    expect(Buffer.byteLength(mail)).toBe(mail.length);
    for (const line of mail.split('\r\n')) expect(line.length).toBeLessThanOrEqual(78);
    const [, body = ''] = /quoted-printable\r\n\r\n([\s\S]*?)\r\n--=_[0-9a-f]{32}\r\n/.exec(mail) ?? [];
    const bytes = body
      .replace(/=\r\n/g, '')
      .replace(/\r\n/g, '\n')
      .replace(/=([0-9A-F]{2})/g, (_whole, hex: string) => String.fromCharCode(parseInt(hex, 16)));
    expect(Buffer.from(bytes, 'latin1').toString('utf8')).toBe(text);
  });
});
