import type { AnswerCheck } from './answer-check.js';
import { bodyPresent } from './answer/body-present.js';
import { bodySchema } from './answer/body-schema.js';
import { contentType } from './answer/content-type.js';
import { documentedStatus } from './answer/documented-status.js';
import { responseHeaders } from './answer/response-headers.js';
import { badCredentials } from './auth/bad-credentials.js';
import { forbiddenBody } from './input/forbidden-body.js';

/** What every single answer is held to, whatever else is chosen. */
export const ANSWER_CHECKS: readonly AnswerCheck[] = [
  documentedStatus,
  contentType,
  responseHeaders,
  bodyPresent,
  bodySchema,
  badCredentials,
  forbiddenBody,
];
