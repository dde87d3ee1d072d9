import { expect, test } from 'vitest';
import { statusOfClass, statusOfName } from './status-names.js';

test.each([
  ['Forbidden', 403],
  ['NotFound', 404],
  ['PERMISSION_DENIED', 403],
  ['permission-denied', 403],
  ['DeadlineExceeded', 504],
  ['AccessDeniedException', 403],
  ['NoSuchBucket', 404],
  ['ThrottlingException', 429],
  ['InvalidNonce', undefined],
])('the name %s stands for %s', (name, status) => {
  expect(statusOfName(name)).toBe(status);
});

test.each([
  ['ForbiddenError', 403],
  ['HTTPUnauthorized', 401],
  ['StripeRateLimitError', 429],
  ['ResourceNotFoundException', 404],
  ['FileNotFoundException', undefined],
  ['ClassNotFoundException', undefined],
  ['UnauthorizedAccessException', undefined],
  ['Error', undefined],
])('the class %s stands for %s', (name, status) => {
  expect(statusOfClass(name)).toBe(status);
});
