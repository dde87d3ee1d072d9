import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { writeMail } from './mail.js';

interface Parsed {
  subject: string;
  to: { address: string }[];
  text: string;
  attachments: { filename: string; mimeType: string; content: ArrayBuffer }[];
}

/** A mail library that is there or not. */
function mailLibrary(): ((mail: string) => Promise<Parsed>) | undefined {
  try {
    const { default: library } = createRequire(import.meta.url)('postal-mime') as {
      default: { parse: (mail: string) => Promise<Parsed> };
    };
    return (mail) => library.parse(mail);
  } catch {
    return undefined;
  }
}
const parse = mailLibrary();

test.skipIf(parse === undefined)(
  'a mail library reads the mail and its attachments (skipped without the package postal-mime)',
  async () => {
    const subject = `production: POST /v2/documents/: 500, “größer”; ${'server error '.repeat(12)}`.trim();
    const parsed = await parse?.(
      await writeMail({
        from: 'us@shop.example',
        to: 'support@vendor.example',
        subject,
        date: new Date('2026-02-26T17:40:00Z'),
        text: 'Hello „vendor“\n\nBASE_URL=https://api.shop.example\n',
        attachments: [
          { name: 'evidence.json', type: 'application/json', text: '{"a":"ü"}' },
          { name: 'evidence.har', type: 'application/json', text: '{"log":{}}' },
        ],
      }),
    );
    expect(parsed?.subject).toBe(subject);
    expect(parsed?.to[0]?.address).toBe('support@vendor.example');
    expect(parsed?.text.trim()).toBe('Hello „vendor“\n\nBASE_URL=https://api.shop.example');
    expect(parsed?.attachments.map(({ filename }) => filename)).toEqual(['evidence.json', 'evidence.har']);
    expect(parsed?.attachments.map(({ content }) => new TextDecoder().decode(content))).toEqual([
      '{"a":"ü"}',
      '{"log":{}}',
    ]);
  },
);
