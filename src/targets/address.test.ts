import { expect, test } from 'vitest';
import { Problem } from '../problem.js';
import { checkedBaseUrl } from './address.js';

test.each([
  ['https://api.shop.example/', 'https://api.shop.example'],
  ['http://127.0.0.1:4010/v1//', 'http://127.0.0.1:4010/v1'],
])('%s is an address', (address, checked) => {
  expect(checkedBaseUrl(address)).toBe(checked);
});

test.each([
  ['https://somebody:secret-for-tests@api.shop.example', 'a user name or a password'],
  ['https://secret-for-tests@api.shop.example', 'a user name or a password'],
  ['https://api.shop.example/v1?key=secret-for-tests', 'a query or a fragment'],
  ['https://api.shop.example/#secret-for-tests', 'a query or a fragment'],
  ['ftp://api.shop.example', 'neither http nor https'],
  ['secret-for-tests@', 'is not a URL'],
])('%s is refused, and not repeated', (address, says) => {
  const check = () => checkedBaseUrl(address, { file: 'targets.yaml', line: 7 });
  expect(check).toThrow(Problem);
  expect(check).toThrow(says);
  expect(check).not.toThrow(/secret-for-tests/);
});
