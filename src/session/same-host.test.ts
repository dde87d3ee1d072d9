import { expect, test } from 'vitest';
import { isSameHost } from './same-host.js';

test.each([
  ['https://api.shop.example', 'https://API.Shop.example'],
  ['https://api.shop.example', 'https://api.shop.example:443'],
  ['https://api.shop.example', 'https://api.shop.example.'],
  ['https://api.shop.example', 'https://user:secret@api.shop.example/v2/?x'],
  ['https://api.shop.example', 'http://api.shop.example'],
  ['https://bücher.example', 'https://xn--bcher-kva.example'],
  ['http://localhost:8080', 'http://127.0.0.1:8080'],
  ['http://localhost:8080', 'http://0x7f.1:8080'],
  ['http://localhost:8080', 'http://127.1:8080'],
  ['http://localhost:8080', 'http://2130706433:8080'],
  ['http://localhost:8080', 'http://[::1]:8080'],
  ['http://localhost:8080', 'http://[::]:8080'],
  ['https://api.shop.example', 'http://api.shop.example:443'],
  ['http://localhost:8080', 'http://[::ffff:127.0.0.1]:8080'],
  ['http://localhost:8080', 'http://0.0.0.0:8080'],
  ['http://localhost:8080', 'http://api.localhost:8080'],
])('%s is the host of %s', (one, other) => {
  expect(isSameHost(one, other)).toBe(true);
});

test.each([
  ['https://api.shop.example', 'https://api2.shop.example'],
  ['https://api.shop.example', 'https://api.shop.example:8443'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8081'],
  ['http://10.0.0.1', 'http://127.0.0.1'],
])('%s is not the host of %s', (one, other) => {
  expect(isSameHost(one, other)).toBe(false);
});
