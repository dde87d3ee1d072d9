import type { Signatures } from '../../verdict/signatures.js';
import type { Reader } from '../paste.js';
import { createSentences } from '../sentences.js';
import { createWords } from '../words.js';
import { accessLog } from './access-log.js';
import { bareBody } from './bare-body.js';
import { bodyThenStatus } from './body-then-status.js';
import { clientWords } from './client-words.js';
import { curlTrace } from './curl-trace.js';
import { curlVerbose } from './curl-verbose.js';
import { escaped } from './escaped.js';
import { fields } from './fields.js';
import { frameworkLog } from './framework-log.js';
import { har } from './har.js';
import { httpMessage } from './http-message.js';
import { jsonLog } from './json-log.js';
import { logfmt } from './logfmt.js';
import { objectDump } from './object-dump.js';
import { panes } from './panes.js';
import { plainSentence } from './plain-sentence.js';
import { repl } from './repl.js';
import { statusLine } from './status-line.js';
import { table } from './table.js';
import { wget } from './wget.js';
import { wireLog } from './wire-log.js';

/**
 * All readers. Within a stage each reads what those before it have left; a stage is asked only where none before it has
 * found anything.
 */
export function createReaders({
  all,
  texts,
  clients,
  sentences,
}: Pick<Signatures, 'all' | 'texts' | 'clients' | 'sentences'>): readonly (readonly Reader[])[] {
  const plain = createSentences(sentences, clients);
  const words = createWords(clients, all, plain);
  return [
    [
      har,
      ...[curlTrace, curlVerbose, wget, wireLog, httpMessage],
      ...[jsonLog(words, plain), logfmt, accessLog, frameworkLog, table],
      ...[panes, repl, escaped, objectDump(words), bodyThenStatus, fields, statusLine],
      clientWords(words, plain),
    ],
    [bareBody(texts, plain)],
    [plainSentence(plain)],
  ];
}
