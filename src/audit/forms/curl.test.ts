import { expect, test } from 'vitest';
import { readAs } from '../../testing/calls.js';

test.each<readonly [what: string, text: string, calls: readonly string[]]>([
  ['a read', 'curl https://h.example/things/', ['1: GET https://h.example/things/']],
  ['with a prompt', '$ sudo curl -sSL h.example/things/?a=1', ['1: GET http://h.example/things/?a=1']],
  [
    'of another method',
    'curl -X DELETE "https://h.example/things/7/"',
    ['1: DELETE https://h.example/things/7/'],
  ],
  ['glued and joined', 'curl -sXPUT --url=https://h.example/x', ['1: PUT https://h.example/x']],
  ['head', 'curl -I https://h.example/', ['1: HEAD https://h.example/']],
  [
    'over several lines, with a body',
    `curl --request POST 'https://h.example/things/' \\\n  -H 'Content-Type: application/json' \\\n  --data '{"name": "x",\n "parts": [{"size": 1}]}'\ncurl https://h.example/b`,
    ['1: POST https://h.example/things/ {/name,/parts,/parts/*/size}', '5: GET https://h.example/b'],
  ],
  [
    'a body without a method is a POST, of a form',
    'curl https://h.example/token -d grant_type=x --data-urlencode "client_id=a b"',
    ['1: POST https://h.example/token {/grant_type,/client_id}'],
  ],
  [
    'a form in parts',
    'curl -F file=@a.pdf -F title=x https://h.example/f',
    ['1: POST https://h.example/f {/file,/title}'],
  ],
  [
    'data in the query',
    'curl -G https://h.example/x -d a=1 -d b=2',
    ['1: GET https://h.example/x ?a=1 ?b=2'],
  ],
  ['JSON', `curl --json '{"a":{"b":1}}' https://h.example/x`, ['1: POST https://h.example/x {/a,/a/b}']],
  ['a body from a file', 'curl -d @body.json https://h.example/x', ['1: POST https://h.example/x {?}']],
  ['a file that is sent', 'curl -T a.txt https://h.example/x', ['1: PUT https://h.example/x {?}']],
  [
    'variables of the shell',
    `BASE_URL=https://h.example/v1\ncurl "$BASE_URL/things/\${ID}/?page=$PAGE" -H "Authorization: Bearer $TOKEN"`,
    ['2: GET https://h.example/v1/things/…/?page=…'],
  ],
  ['a variable that nobody sets', 'curl "$BASE_URL/things/"', ['1: GET …/things/']],
  ['a default', 'curl "${BASE:-https://h.example}/things/"', ['1: GET https://h.example/things/']],
  [
    'a token that another call gives',
    `TOKEN=$(curl -s -X POST https://h.example/token -d 'a=1' | jq -r .access_token)\ncurl -H "Authorization: Bearer $TOKEN" https://h.example/x`,
    ['1: POST https://h.example/token {/a}', '2: GET https://h.example/x'],
  ],
  [
    'a body of a here-document',
    `curl -X POST https://h.example/x -H 'content-type: application/json' -d @- <<EOF\n{"a": 1}\nEOF\ncurl https://h.example/y`,
    ['1: POST https://h.example/x {/a}', '4: GET https://h.example/y'],
  ],
  [
    'as Chrome copies it for Windows',
    'curl ^"https://h.example/things/?a=1^&b=2^" ^\n  -X ^"POST^" ^\n  -H ^"content-type: application/json^" ^\n  --data-raw ^"^{^\\^"name^\\^":^\\^"x^\\^"^}^"\ncurl https://h.example/b',
    ['1: POST https://h.example/things/?a=1&b=2 {/name}', '5: GET https://h.example/b'],
  ],
  [
    'as Chrome copies it',
    `curl 'https://h.example/x' \\\n  -H 'accept: */*' \\\n  -b 'session=secret-for-tests' \\\n  --data-raw $'{"note":"it\\'s\\u0021"}' \\\n  --compressed`,
    ['1: POST https://h.example/x {/note}'],
  ],
  [
    'several URLs',
    'curl https://h.example/a https://h.example/b',
    ['1: GET https://h.example/a', '1: GET https://h.example/b'],
  ],
  [
    'several requests',
    'curl https://h.example/a -d x=1 --next https://h.example/b',
    ['1: POST https://h.example/a {/x}', '1: GET https://h.example/b'],
  ],
  ['ranges of URLs', 'curl "https://h.example/things/[1-9]/{a,b}"', ['1: GET https://h.example/things/…/…']],
  [
    'a template is no range',
    'curl https://h.example/things/{id}/',
    ['1: GET https://h.example/things/{id}/'],
  ],
  [
    'options whose values look like URLs',
    'curl -x http://proxy.example -e http://r.example https://h.example/x',
    ['1: GET https://h.example/x'],
  ],
  [
    'a redirection',
    'curl https://h.example/x > out.json 2>/dev/null && echo done',
    ['1: GET https://h.example/x'],
  ],
  [
    'a quote that is not closed loses itself',
    `curl 'https://h.example/a\ncurl https://h.example/b`,
    ['2: GET https://h.example/b', '1: (a quote is not closed)'],
  ],
  ['no URL', 'curl -X POST\ncurl h.example', ['2: GET http://h.example', '1: (the command names no URL)']],
])('curl: %s', (_, text, calls) => {
  expect(readAs(text)).toEqual(calls);
});
