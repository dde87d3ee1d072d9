import { expect, test } from 'vitest';
import { commandsIn } from './commands.js';

const URL_ = 'https://api.example/v1/things';

test.each<[string, string, string, 'sent' | 'not-sent' | 'unknown']>([
  [`$ curl -i ${URL_}`, 'GET', URL_, 'not-sent'],
  [`curl -sSiX POST '${URL_}' -H 'Authorization: Bearer $T'`, 'POST', URL_, 'sent'],
  [`curl -XDELETE ${URL_} -u a:b`, 'DELETE', URL_, 'sent'],
  [`curl ${URL_} -d '{"a":1}'`, 'POST', URL_, 'not-sent'],
  [`curl -G ${URL_} --data-urlencode 'a=b'`, 'GET', URL_, 'not-sent'],
  [`curl -I ${URL_}`, 'HEAD', URL_, 'not-sent'],
  [`curl -T file ${URL_}`, 'PUT', URL_, 'not-sent'],
  [`curl -K rc ${URL_}`, 'GET', URL_, 'unknown'],
  [`curl $OPTIONS ${URL_}`, 'GET', URL_, 'unknown'],
  [`curl "${URL_}?access_token=a"`, 'GET', `${URL_}?access_token=a`, 'sent'],
  [`curl -o out -w '%{http_code}' --url ${URL_}`, 'GET', URL_, 'not-sent'],
  [`me@host:~/app$ curl -i ${URL_}`, 'GET', URL_, 'not-sent'],
  [`curl -i \\\n  -H "x-api-key: k" \\\n  ${URL_}`, 'GET', URL_, 'sent'],
  ['curl api.example/v1', 'GET', '//api.example/v1', 'not-sent'],
  [`http POST ${URL_} name=a Authorization:'Bearer a'`, 'POST', URL_, 'sent'],
  [`http ${URL_} name==a`, 'GET', URL_, 'not-sent'],
  [`wget --header='Authorization: Bearer a' ${URL_}`, 'GET', URL_, 'sent'],
  [`PS C:\\> Invoke-RestMethod -Uri ${URL_} -Method Put -Headers $h`, 'PUT', URL_, 'unknown'],
])('%s', (text, method, url, credentials) => {
  expect(commandsIn(text).map(({ request }) => request)).toMatchObject([{ method, url, credentials }]);
});

test.each(['curl is failing with this', 'http is a protocol', 'see https://api.example', 'wget it'])(
  '%s is no command',
  (text) => {
    expect(commandsIn(text)).toEqual([]);
  },
);

test('a quote that nobody closes does not take the rest of the text', () => {
  const [command] = commandsIn(`$ curl ${URL_} -H "a\nHTTP/1.1 403 Forbidden\n`);
  expect(command?.to).toBe(`$ curl ${URL_} -H "a`.length);
});

test('what is behind the name of a header in a transcript is no address', () => {
  expect(commandsIn('curl $URL \\\n x-served-by: cache-a.example \\\n x-cache: MISS')).toEqual([]);
  expect(commandsIn('http x-served-by: cache-a.example')).toEqual([]);
});
