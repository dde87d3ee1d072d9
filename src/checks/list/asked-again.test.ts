import { expect, test } from 'vitest';
import { isInLink } from './asked-again.js';

test.each<[link: string, asked: string, name: string, has: boolean | undefined]>([
  ['status=open&page=2', 'status=open', 'status', true],
  ['Sta_tus=closed&page=2', 'status=open', 'status', true],
  ['filter=open&page=2', 'status=open', 'status', true],
  ['filter=status:open&page=2', 'status=open', 'status', true],
  ['filter=x:ab&page=2', 'status=ab', 'status', undefined],
  ['filter=x:abc&page=2', 'status=abc', 'status', true],
  ['page=2', 'status=2', 'status', false],
  ['page=2&limit=5', 'status=open&limit=5', 'status', false],
  ['page=2&token=x7f', 'status=open', 'status', undefined],
  ['page=1234567890', 'status=open', 'status', undefined],
  ['page=123456789', 'status=open', 'status', false],
  ['page=2x', 'status=open', 'status', undefined],
  ['order=name', 'status=open', 'status', false],
  ['order=-last_name', 'status=open', 'status', false],
  ['order=a', 'status=open', 'status', false],
  ['order=abcdefghijkl', 'status=open', 'status', false],
  ['order=abcdefghijklm', 'status=open', 'status', undefined],
  ['order=7name', 'status=open', 'status', undefined],
  ['order=na7me', 'status=open', 'status', undefined],
  ['order=', 'status=open', 'status', undefined],
  ['limit=x7f', 'status=open&limit=x7f', 'status', false],
  ['', 'status=open', 'status', false],
])('%s has of %s the %s: %s', (link, asked, name, has) => {
  expect(isInLink(new URLSearchParams(link), new URLSearchParams(asked), name)).toBe(has);
});
