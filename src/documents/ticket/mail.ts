import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { encodeWord } from 'nodemailer/lib/mime-funcs';

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
export async function writeMail(mail: Mail): Promise<string> {
  // Made of the content, so that a mail that is written twice is the same file.
  const digest = createHash('sha256').update(JSON.stringify(mail)).digest('hex').slice(0, 32);
  const composer = new MailComposer({
    // RFC 5322 wants a sender; `.invalid` can be nobody's.
    from: mail.from ?? 'sender@unknown.invalid',
    to: mail.to,
    subject: encodedSubject(mail.subject),
    date: mail.date,
    messageId: `<${digest}@conform.invalid>`,
    // Outlook and Thunderbird take this as a draft that is still to be sent.
    headers: { 'X-Unsent': '1' },
    text: visible(mail.text),
    attachments: mail.attachments.map((one) => ({
      filename: one.name,
      contentType: one.type,
      content: visible(one.text),
    })),
    baseBoundary: digest,
    // Stands in no text in quoted-printable.
    boundaryPrefix: '=_',
    encoding: 'quoted-printable',
    textEncoding: 'base64',
    newline: 'win',
    // Nothing in a mail is a path or an address to read.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return (await composer.compile().build()).toString();
}

/** The longest content of an encoded word, so that the line with the name of the header stays below 78 characters. */
const WORD = 52;

/** A subject in one line. The composer takes what looks like an encoded word (RFC 2047) for one, so that is encoded here. */
function encodedSubject(subject: string): string {
  const flat = visible(subject.replace(/\s+/g, ' ').trim());
  return flat.includes('=?') ? encodeWord(flat, 'B', WORD) : flat;
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
