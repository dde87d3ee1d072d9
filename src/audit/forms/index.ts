import { curlVerbose } from './curl-verbose.js';
import { curlLine } from './curl.js';
import type { DocumentForm, LineForm } from './form.js';
import { har } from './har.js';
import { httpFile } from './http-file.js';
import { jsonLine, jsonRecords } from './json-records.js';
import { log } from './log.js';
import { methodUrl } from './method-url.js';
import { postman } from './postman.js';

/** The forms of whole texts, in the order in which they are tried. */
export const DOCUMENT_FORMS: readonly DocumentForm[] = [har, postman, jsonRecords, httpFile];

/** The forms of single lines, in the order in which they are tried on each. */
export const LINE_FORMS: readonly LineForm[] = [methodUrl, jsonLine, curlLine, curlVerbose, log];
