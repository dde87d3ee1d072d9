import { describe, expect, test } from 'vitest';
import { FOREIGN_ORIGIN, keepHeaders } from './headers.js';

function kept(name: string, value: string): string | undefined {
  return keepHeaders([[name, value]], () => false)[name];
}

describe('of a header whose values are harmless is kept', () => {
  test.each<[name: string, value: string, is: string]>([
    ['content-length', '120', '120'],
    ['retry-after', '120', '120'],
    ['retry-after', 'Mon, 02 Feb 2026 12:00:20 GMT', 'Mon, 02 Feb 2026 12:00:20 GMT'],
    ['date', 'Mon, 02 Feb 2026 12:00:20 GMT', 'Mon, 02 Feb 2026 12:00:20 GMT'],
    ['content-type', 'application/json; charset=utf-8', 'application/json; charset=utf-8'],
    ['content-type', 'application/fhir+json', 'application/fhir+json'],
    ['allow', 'GET, POST', 'GET, POST'],
    ['server', 'nginx/1.25.3', 'nginx/1.25.3'],
    ['server', 'nginx/1.25.3 (of Carla Muster)', 'nginx/1.25.3'],
    ['x-amzn-errortype', 'AccessDeniedException', 'AccessDeniedException'],
    ['x-amzn-errortype', 'AccessDeniedException:http://of-a-customer/', 'AccessDeniedException'],
    ['www-authenticate', 'Bearer realm="Carla Muster"', 'Bearer'],
    [
      'www-authenticate',
      'Bearer error="invalid_token", error_description="of Carla Muster"',
      'Bearer error="invalid_token"',
    ],
    ['www-authenticate', 'Bearer error="carla_muster"', 'Bearer'],
    ['access-control-allow-origin', '*', '*'],
    ['access-control-allow-origin', 'null', 'null'],
    ['access-control-allow-origin', FOREIGN_ORIGIN, FOREIGN_ORIGIN],
    ['access-control-allow-credentials', 'true', 'true'],
    [
      'strict-transport-security',
      'max-age=31536000; includeSubDomains; preload',
      'max-age=31536000; includeSubDomains; preload',
    ],
    ['strict-transport-security', 'Max-Age="60"', 'Max-Age="60"'],
    ['x-content-type-options', 'nosniff', 'nosniff'],
    ['x-aspnet-version', '4.0.30319', '4.0.30319'],
    ['cache-control', 'public, max-age=60,must-revalidate', 'public, max-age=60,must-revalidate'],
    ['vary', 'Origin, Accept-Encoding', 'Origin, Accept-Encoding'],
    ['set-cookie', 'a=b', '…'],
    ['set-cookie', 'carla="b=c"; Path=/carla; secure; HttpOnly; Carla=1', '…; Path; Secure; HttpOnly'],
    ['sunset', 'Mon, 02 Feb 2026 12:00:20 GMT', 'Mon, 02 Feb 2026 12:00:20 GMT'],
    ['deprecation', '@1767225600', '@1767225600'],
    ['deprecation', 'true', 'true'],
    ['warning', '299 - "Carla Muster is deprecated"', '299'],
    ['www-authenticate', 'Cloudflare-Access resource_metadata="https://carla/"', 'Cloudflare-Access'],
    ['www-authenticate', 'OAuth2 realm="Carla", error="invalid_token"', 'OAuth2 error="invalid_token"'],
    ['proxy-authenticate', 'Basic realm="of Carla Muster"', 'Basic'],
    ['location', 'https://app.example.com/login?next=/people/7/', 'a page to sign in'],
    ['location', 'https://login.example.com/?of=carla', 'a page to sign in'],
    ['location', '/oauth2/authorize?login_hint=carla', 'a page to sign in'],
    ['location', '/users/sign_in', 'a page to sign in'],
    ['location', 'https://idp.example.com/idp/profile/SAML2/Redirect/SSO?x', 'a page to sign in'],
    ['location', 'http://192.168.1.1:8002/?zone=carla', 'a page of a network'],
    ['location', 'https://wifi.example.com/captiveportal', 'a page of a network'],
    ['location', 'https://block.example.com/?url=carla', 'a page that says that it is blocked'],
    ['x-squid-error', 'ERR_ACCESS_DENIED 0', 'ERR_ACCESS_DENIED'],
    ['x-vercel-error', 'FUNCTION_INVOCATION_TIMEOUT', 'FUNCTION_INVOCATION_TIMEOUT'],
    ['grpc-status', '16', '16'],
    ['x-request-id', '6b8e3a4c-0d1f-4c2b-9a7e-5f6d7c8b9a0e', '6b8e3a4c-0d1f-4c2b-9a7e-5f6d7c8b9a0e'],
    ['cf-ray', '9e1f0b3c8d7a6f25-DEN', '9e1f0b3c8d7a6f25-DEN'],
    ['x-amz-apigw-id', 'gV3xqQ8sZ1kLmN0=', 'gV3xqQ8sZ1kLmN0='],
    [
      'x-amzn-trace-id',
      'Root=1-67891233-abcdef012345678912345678',
      'Root=1-67891233-abcdef012345678912345678',
    ],
  ])('%s: %s', (name, value, is) => {
    expect(kept(name, value)).toBe(is);
  });
});

describe('nothing is kept of', () => {
  test.each<[what: string, name: string, value: string]>([
    ['a header that nobody has listed', 'x-patient', 'harmless'],
    ['a place that may hold an id', 'location', '/people/7/'],
    ['a place that only begins like one to sign in', 'location', '/logins-of-carla/7/'],
    ['a place whose host only begins like one to sign in', 'location', 'https://loginova.example.com/'],
    ['an error of a platform that nobody knows', 'x-vercel-error', 'CARLA_MUSTER'],
    ['a status of another form', 'grpc-status', '3035550142'],
    ['a phone number for a length', 'content-length', '3035550142'],
    ['a phone number for seconds', 'retry-after', '3035550142'],
    ['a birth date', 'last-modified', 'Wed, 12 Mar 1947 00:00:00 GMT'],
    ['a text for a date', 'date', 'Carla Muster'],
    ['a media type that nobody knows', 'content-type', 'application/carla-muster'],
    ['a charset that nobody knows', 'content-type', 'application/json; charset=carla-muster'],
    ['a list that holds more than methods', 'allow', 'GET, CARLA'],
    ['a server that nobody knows', 'server', 'carla-muster'],
    ['a server whose name goes on', 'server', 'nginx-of-carla-muster'],
    ['an error that nobody knows', 'x-amzn-errortype', 'CarlaMusterException'],
    ['an error whose name goes on', 'x-amzn-errortype', 'ForbiddenCarlaMuster'],
    ['a challenge of a scheme that nobody knows', 'www-authenticate', 'Carla Muster'],
    ['an id in words', 'x-request-id', 'carla-muster'],
    ['an id of digits, as phone numbers are', 'x-request-id', '3035550142303555'],
    ['a text as hexadecimal', 'x-request-id', Buffer.from('Carla Muster 47!').toString('hex')],
    [
      'a text that begins within a byte',
      'x-request-id',
      `a${Buffer.from('Carla Muster 47').toString('hex')}b`,
    ],
    [
      'an error of a challenge of a scheme that nobody knows',
      'www-authenticate',
      'Carla error="invalid_token"',
    ],
    ['a place whose words come late', 'location', `https://h.example/${'x'.repeat(500)}/login`],
    ['a text as Base64', 'x-amz-apigw-id', Buffer.from('Carla Muster').toString('base64').slice(0, 15) + '='],
    ['a trace id with more behind it', 'x-amzn-trace-id', 'Root=1-67891233-abcdef012345678912345678-carla'],
    ['an origin that is not ours', 'access-control-allow-origin', 'https://carla.example'],
    ['a phone number for an age', 'strict-transport-security', 'max-age=3035550142'],
    ['a birth date for an age', 'cache-control', 'private, max-age=19470312'],
    ['a directive that nobody knows', 'cache-control', 'no-store, carla'],
    ['a part that nobody knows', 'strict-transport-security', 'max-age=60; carla'],
    ['another option than the only one', 'x-content-type-options', 'carla'],
    ['a birth date for a version', 'x-aspnet-version', '12.3.1947'],
    ['a header that nobody has listed to vary', 'vary', 'origin, x-carla'],
    ['a phone number for a time', 'deprecation', '@3035550142'],
    ['a birth date for an end', 'sunset', 'Wed, 12 Mar 1947 00:00:00 GMT'],
    ['a warning that lasts for one answer', 'warning', '199 carla "Muster"'],
    ['a rate with a phone number behind it', 'ratelimit', '100;w=3035550142'],
  ])('%s', (_, name, value) => {
    expect(keepHeaders([[name, value]], () => false)).toStrictEqual({});
  });

  test('a value in which a secret of this process is, also where it would have been cut away', () => {
    const value = 'nginx/1.25.3 token-for-tests';
    expect(keepHeaders([['server', value]], (text) => text.includes('token-for-tests'))).toEqual({});
  });
});

test('a header that came twice is kept twice', () => {
  const headers = [
    ['server', 'nginx'],
    ['server', 'kong'],
  ] as const;
  expect(keepHeaders(headers, () => false)).toEqual({ server: 'nginx, kong' });
});
