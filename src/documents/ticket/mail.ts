import { createHash } from 'node:crypto';

/** A mail before it is written down. */
export interface Mail {
  from: string | undefined;
  to: string | undefined;
  subject: string;
  date: Date;
  /** Plain text, lines ended by `\n`. */
  text: string;
  attachments: { name: string; type: string; text: string }[];
}

/**
 * A mail as a file that mail programs open as a draft (RFC 5322; MIME, RFC 2045 to 2047). Everything in it is
 * ASCII: what is not is encoded, and a line break cannot get into a header.
 */
export function writeMail(mail: Mail): string {
  // Made of the content, so that a mail that is written twice is the same file.
  const digest = createHash('sha256').update(JSON.stringify(mail)).digest('hex').slice(0, 32);
  const boundary = `=_${digest}`;
  const headers = [
    'MIME-Version: 1.0',
    `Date: ${rfcDate(mail.date)}`,
    // RFC 5322 wants a sender; `.invalid` can be nobody's.
    `From: ${mail.from ?? 'sender@unknown.invalid'}`,
    ...(mail.to === undefined ? [] : [`To: ${mail.to}`]),
    `Subject: ${encodeHeader(mail.subject, 'Subject: '.length)}`,
    `Message-ID: <${digest}@conform.invalid>`,
    // Outlook and Thunderbird take this as a draft that is still to be sent.
    'X-Unsent: 1',
    `Content-Type: multipart/mixed;\r\n boundary="${boundary}"`,
  ];
  const parts = [
    textPart(visible(mail.text)),
    ...mail.attachments.map((one) => attachmentPart({ ...one, text: visible(one.text) })),
  ];
  const body = parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('');
  return `${headers.join('\r\n')}\r\n\r\n${body}--${boundary}--\r\n`;
}

/**
 * A text without what a terminal or a mail program obeys or shows in another order: once its parts are encoded, whoever
 * writes the file does not see it any more.
 */
function visible(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (found) =>
      found === '\n' || found === '\t' ? found : '\ufffd',
    );
}

function textPart(text: string): string {
  return [
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    quotedPrintable(text),
  ].join('\r\n');
}

function attachmentPart({ name, type, text }: Mail['attachments'][number]): string {
  const safe = name.replace(/[^A-Za-z0-9._-]/g, '_');
  const lines =
    Buffer.from(text, 'utf8')
      .toString('base64')
      .match(/.{1,76}/g) ?? [];
  return [
    `Content-Type: ${type}; name="${safe}"`,
    `Content-Disposition: attachment; filename="${safe}"`,
    'Content-Transfer-Encoding: base64',
    '',
    ...lines,
  ].join('\r\n');
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Thu, 26 Feb 2026 17:40:00 +0000` (RFC 5322, section 3.3). */
function rfcDate(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
  return `${DAYS[date.getUTCDay()] ?? ''}, ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ''} ${date.getUTCFullYear()} ${time} +0000`;
}

/** The longest encoded word that RFC 2047, section 2, allows is 75; a line of a header should not pass 78. */
const WORD = 75 - '=?utf-8?B??='.length;

/** Text as a header may hold it: folded, and in encoded words where it is not plain ASCII (RFC 2047). */
function encodeHeader(value: string, taken: number): string {
  const flat = visible(value.replace(/\s+/g, ' ').trim());
  if (/^[\x20-\x7e]*$/.test(flat) && !flat.includes('=?')) return fold(flat, taken);
  const words: string[] = [];
  let part = '';
  for (const character of flat) {
    if (Buffer.byteLength(part + character) > Math.floor(WORD / 4) * 3 - (words.length === 0 ? taken : 0)) {
      words.push(part);
      part = '';
    }
    part += character;
  }
  return [...words, part].map((word) => `=?utf-8?B?${Buffer.from(word).toString('base64')}?=`).join('\r\n ');
}

function fold(text: string, taken: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const room = 78 - (lines.length === 0 ? taken : 1);
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join('\r\n ');
}

/** RFC 2045, section 6.7: lines of at most 76 characters, everything else than printable ASCII as `=XX`. */
function quotedPrintable(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const tokens = Array.from(line).flatMap((character, index, all) =>
        /[\x21-\x3c\x3e-\x7e]/.test(character) || (character === ' ' && index < all.length - 1)
          ? [character]
          : [...Buffer.from(character)].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`),
      );
      const lines: string[] = [];
      let current = '';
      for (const token of tokens) {
        if (current.length + token.length > 75) {
          lines.push(`${current}=`);
          current = '';
        }
        current += token;
      }
      return [...lines, current].join('\r\n');
    })
    .join('\r\n');
}
