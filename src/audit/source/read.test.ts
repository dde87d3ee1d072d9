import fc from 'fast-check';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { linesOf } from '../../testing/calls.js';
import { contractOf, targetOf } from '../../testing/host.js';
import { sitesOf } from '../judge/sites.js';
import { readSource, type SourceFile } from './read.js';
import { parseTypeScript } from './typescript.js';

const CONTRACT = contractOf(
  '/v1/things/: { get: {}, post: {} }\n/v1/things/{id}/: { get: {}, delete: {} }\n/v1/things/{id}/notes/: { post: {} }\n/v1/tags/: { get: {} }\n',
  '[]',
  '[{ url: "https://api.shop.example" }]',
);
const SITES = sitesOf(CONTRACT, [targetOf({ baseUrl: 'https://old.shop.example', retired: 'given up' })], []);

/** The calls that code makes, a line each. */
function callsIn(...files: SourceFile[]): string[] {
  const script = (file: string, text: string) => parseTypeScript(ts, file, text);
  return linesOf(readSource(files, SITES, script)).map((line) =>
    line.replace('https://api.shop.example', ''),
  );
}

const python = (text: string) => callsIn({ file: 'a.py', text });
const OTHER = 'requests of the code that name no host of this API and no path of it';
const BASE = 'BASE = "https://api.shop.example/v1"\n';

describe('Python', () => {
  test.each<readonly [what: string, code: string, calls: readonly string[]]>([
    ['an f-string', `${BASE}requests.get(f"{BASE}/things/{thing_id}/")`, ['2: GET /v1/things/…/']],
    ['a format', `${BASE}requests.get("{}/things/{}/".format(BASE, 7))`, ['2: GET /v1/things/…/']],
    [
      'a format by name',
      `${BASE}requests.get("{base}/things/{id}/".format(base=BASE, id=7))`,
      ['2: GET /v1/things/…/'],
    ],
    ['a format with %', `${BASE}requests.get("%s/things/%s/" % (BASE, thing))`, ['2: GET /v1/things/…/']],
    [
      'texts that are added',
      `${BASE}httpx.post(BASE + "/things/" + str(id) + "/notes/", json={"text": t})`,
      ['2: POST /v1/things/…/notes/ {/text}'],
    ],
    [
      'texts side by side',
      `${BASE}requests.delete(f"{BASE}/things/"\n  f"{id}/")`,
      ['2: DELETE /v1/things/…/'],
    ],
    [
      'a list that is joined',
      `${BASE}requests.get("/".join([BASE, "things", thing_id, ""]))`,
      ['2: GET /v1/things/…/'],
    ],
    [
      'a URL that is resolved',
      'requests.get(urljoin("https://api.shop.example/v1/", "tags/"))',
      ['1: GET /v1/tags/'],
    ],
    [
      'a default of the environment',
      'B = os.getenv("B", "https://api.shop.example/v1")\nrequests.get(B + "/tags/")',
      ['2: GET /v1/tags/'],
    ],
    [
      'an environment without one',
      'B = os.environ["B"]\nrequests.get(B + "/v1/tag/")\nrequests.get(B + "/v1/tags/")\nrequests.get(B + "/users/")',
      ['2: GET …/v1/tag/', '3: GET …/v1/tags/', `1 ${OTHER}`],
    ],
    [
      'names of the query',
      `${BASE}params = {"a": 1}\nparams["b"] = 2\nrequests.get(BASE + "/tags/", params=params)`,
      ['4: GET /v1/tags/ ?b ?a'],
    ],
    [
      'a method that is named',
      `${BASE}requests.request(method="DELETE", url=BASE + "/things/7/")`,
      ['2: DELETE /v1/things/7/'],
    ],
    [
      'the library of Python itself',
      `${BASE}urllib.request.Request(BASE + "/things/", data=b, method="POST")`,
      ['2: POST /v1/things/'],
    ],
    [
      'a client with a base',
      'c = httpx.Client(base_url="https://api.shop.example/v1/")\nc.get("tags/")\nc.get("/things/")',
      ['2: GET /v1/tags/', '3: GET /v1/things/'],
    ],
    [
      'a condition: either is made, of the texts before it none',
      `${BASE}def f(kind):\n    url = "https://other.example/x"\n    if kind:\n        url = BASE + "/tags/"\n        requests.get(url)\n    else:\n        url = BASE + "/tagz/"\n    requests.get(url)`,
      ['6: GET /v1/tags/', '9: GET /v1/tags/', '9: GET /v1/tagz/'],
    ],
    [
      'one name for several, one after the other',
      `${BASE}def f():\n    e = "/tags/"\n    requests.get(BASE + e)\n    e = "/things/"\n    requests.post(BASE + e)`,
      ['4: GET /v1/tags/', '6: POST /v1/things/'],
    ],
    [
      'a helper, and one that calls it',
      `class C:\n    def __init__(self):\n        self.base = "https://api.shop.example/v1"\n    def _request(self, method, path, **kw):\n        if not path.endswith("/"):\n            path += "/"\n        return self.session.request(method, self.base + path, **kw)\n    def _get(self, path):\n        return self._request("GET", path)\n    def tags(self):\n        return self._get("/tags")\n    def add(self, name):\n        return self._request("POST", "/things/", json={"name": name})\n`,
      ['11: GET /v1/tags', '13: POST /v1/things/ {/name}'].map((line) =>
        line.replace('/v1/tags', '/v1/tags/'),
      ),
    ],
    [
      'a helper of another file, inherited',
      'class Base:\n    def call(self, verb, path):\n        return requests.request(verb, "https://api.shop.example" + path)\n',
      ['1 nothing'],
    ],
    [
      'a helper with one branch for each method',
      `${BASE}def api(method, path, data=None):\n    if method == "GET":\n        return requests.get(f"{BASE}/{path}")\n    elif method == "POST":\n        return requests.post(f"{BASE}/{path}", json=data)\napi("POST", "things/", {"a": 1})\napi("GET", "tags/")`,
      ['7: POST /v1/things/ {/a}', '8: GET /v1/tags/'],
    ],
    [
      'a helper that nobody calls',
      `${BASE}def api(path):\n    return requests.get(f"{BASE}/{path}")`,
      ['3: GET /v1/…'],
    ],
    [
      'comments and documentation',
      `${BASE}"""GET https://api.shop.example/v1/tag/"""\n# requests.get(BASE + "/tag/")\ndef f():\n    '''Calls /v1/tag/.'''\n    return 1`,
      [],
    ],
    [
      'what the application serves, logs, compares, keeps in files and matches',
      `${BASE}@app.get("/v1/tag/")\ndef tag():\n    logger.info("/v1/tag/")\n    if path == "/v1/tag/" or path.startswith("/v1/tag/"):\n        open("/v1/tag/x.json")\n    re.compile(r"^/v1/tag/$")\n    raise ValueError("/v1/tag/")\napp.add_url_rule("/v1/tag/", view)\n`,
      [],
    ],
    [
      'what is called get and is none',
      'cache.get("/v1/things/")\nos.environ.get("x")\nd.get("things")\nqueue.get(url)',
      [],
    ],
    ['its own tests', 'client = TestClient(app)\nclient.get("/v1/tag/")', []],
    [
      'another API',
      'requests.get("https://other.example/v1/tag/")',
      ['1: GET https://other.example/v1/tag/'],
    ],
    [
      'the retired host',
      'OLD = "https://old.shop.example/api"\nrequests.get(f"{OLD}/x/{id}")',
      ['2: GET https://old.shop.example/api/x/…'],
    ],
    [
      'tables of URLs',
      'URLS = {"tags": "https://api.shop.example/v1/tag/", "base": "https://api.shop.example/v1"}',
      ['1: ? /v1/tag/'],
    ],
    [
      'Python 3.12',
      `${BASE}requests.get(f"{BASE}/things/{x["id"]:>5}/{'notes' if n else 'notes'}/")`,
      ['2: GET /v1/things/…/notes/'],
    ],
  ])('%s', (_, code, calls) => {
    if (calls[0] === '1 nothing') {
      const user = 'class Shop(Base):\n    def tags(self):\n        return self.call("GET", "/v1/tags/")\n';
      expect(callsIn({ file: 'base.py', text: code }, { file: 'shop.py', text: user })).toEqual([
        '3: GET /v1/tags/',
      ]);
    } else expect(python(code)).toEqual(calls);
  });
});

describe('TypeScript and JavaScript', () => {
  const URL_BASE = "const BASE = 'https://api.shop.example/v1';\n";
  test.each<readonly [what: string, code: string, calls: readonly string[]]>([
    ['fetch', `${URL_BASE}await fetch(\`\${BASE}/things/\${id}/\`)`, ['2: GET /v1/things/…/']],
    [
      'fetch with options',
      `${URL_BASE}fetch(BASE + '/things/', { method: 'POST', body: JSON.stringify({ name, parts: [{ size: 1 }] }) })`,
      ['2: POST /v1/things/ {/name,/parts,/parts/*/size}'],
    ],
    [
      'options that come from elsewhere',
      `${URL_BASE}fetch(BASE + '/things/', options)`,
      ['2: ? /v1/things/'],
    ],
    [
      'axios',
      `${URL_BASE}axios.get(\`\${BASE}/tags/\`, { params: { page: 1 } }); axios.post(BASE + '/things/', { name: 1 })`,
      ['2: GET /v1/tags/ ?page', '2: POST /v1/things/ {/name}'],
    ],
    [
      'an instance of axios',
      "const api = axios.create({ baseURL: 'https://api.shop.example/v1' });\napi.delete(`/things/${id}/`)",
      ['2: DELETE /v1/things/…/'],
    ],
    [
      'axios with one object',
      `${URL_BASE}axios({ method: 'get', baseURL: BASE, url: '/tags/' })`,
      ['2: GET /v1/tags/'],
    ],
    [
      'openapi-fetch',
      "const c = createClient<paths>({ baseUrl: 'https://api.shop.example' });\nc.GET('/v1/things/{id}/', { params: { path: { id }, query: { a: 1 } } })",
      ['2: GET /v1/things/…/ ?a'],
    ],
    [
      'a URL that is resolved',
      "fetch(new URL('/v1/tags/', 'https://api.shop.example'))",
      ['1: GET /v1/tags/'],
    ],
    ['XMLHttpRequest', `${URL_BASE}request.open('DELETE', BASE + '/things/7/')`, ['2: DELETE /v1/things/7/']],
    [
      'a helper with options',
      `${URL_BASE}async function call(path: string, { method = 'GET', query = {} } = {}) {\n  return fetch(\`\${BASE}\${path}\`, { method });\n}\ncall('/tags/');\ncall('/things/', { method: 'POST' });`,
      ['5: GET /v1/tags/', '6: POST /v1/things/'],
    ],
    [
      'a helper of an object',
      `${URL_BASE}const call = ({ method, path }) => fetch(BASE + path, { method });\ncall({ method: 'DELETE', path: '/things/7/' })`,
      ['3: DELETE /v1/things/7/'],
    ],
    [
      'JSX, comments and regular expressions',
      `${URL_BASE}// fetch(BASE + '/tag/')\n/* fetch(BASE + '/tag/') */\nconst r = /https:\\/\\/api.shop.example\\/v1\\/tag\\//;\nconst e = <a href="/v1/tag/">it's</a>;`,
      [],
    ],
    [
      'what the application serves',
      "app.get('/v1/tag/', (req, res) => res.send('x'));\nrouter.post('/v1/tag/', handler);\napp.use('/v1/tag/', x)",
      [],
    ],
    ['its own server', "fetch('/api/things')\nfetch('/v1/tags/')", ['2: GET /v1/tags/', `1 ${OTHER}`]],
    [
      'stands-in for answers',
      "nock('https://api.shop.example').get('/v1/tag/').reply(200)\nexpect(url).toBe('https://api.shop.example/v1/tag/')",
      [],
    ],
    [
      'types',
      "type Paths = '/v1/tag/' | '/v1/tags/';\ninterface A { url: 'https://api.shop.example/v1/tag/' }",
      [],
    ],
  ])('%s', (_, code, calls) => {
    expect(callsIn({ file: 'a.tsx', text: code })).toEqual(calls);
  });
});

test('SQL: calls of its extensions, not what comments say', () => {
  const text = `-- http_get('https://api.shop.example/v1/tag/')
/* 'https://api.shop.example/v1/tag/' */
SELECT http_get('https://api.shop.example/v1/things/' || id || '/');
SELECT net.http_post(url := 'https://api.shop.example/v1/things/', body := '{}'::jsonb);
CREATE FUNCTION f() RETURNS void AS $$ BEGIN
  PERFORM http(('DELETE', 'https://api.shop.example/v1/things/7/', NULL, NULL, NULL)::http_request);
END $$ LANGUAGE plpgsql;
INSERT INTO log VALUES ('it''s /v1/tag/ now', E'\\'', 'https://api.shop.example/v1/tag/');`;
  expect(callsIn({ file: 'a.sql', text })).toEqual([
    '3: GET /v1/things/…/',
    '4: POST /v1/things/',
    '6: DELETE /v1/things/7/',
    '8: ? /v1/tag/',
  ]);
});

test('shell: calls of curl, with the variables of the script', () => {
  const text = `#!/bin/sh\nB="\${B:-https://api.shop.example/v1}"\n# curl $B/tag/\nfor id in 1 2; do\n  curl -X DELETE "$B/things/$id/"\ndone\nx=$(curl -s $B/tags/)`;
  expect(callsIn({ file: 'a.sh', text })).toEqual(['5: DELETE /v1/things/…/', '7: GET /v1/tags/']);
});

describe('whatever is cut from code, what is left is read', () => {
  const PY = `class C(B):\n    def f(self, a: int = 1, *b, **c) -> None:\n        with x() as y, z as w:\n            for i, j in [(1, 2)]:\n                r = requests.get(f"{self.base}/x/{a!r:>{w}}/" if a else "%s" % b, params={**c, "k": [k for k in y if k]})\n        try:\n            q: str = lambda v: v + 1\n        except (A, B) as e: pass\n        match a:\n            case {"k": v}: return r"\\d"\n`;
  const TSX =
    "const f = async <T,>({ a = 1, ...b }: X) => { for (const c of d) if (e) fetch(`${g}/x/${h}`, { method: 'GET' }); else switch (i) { case 1: break } return <p k={l}>m</p>; };";
  const SQL = `-- a\n/* b */ SELECT http_get('c' || d), E'\\'', $x$ SELECT 'e' $x$, "f"::g;`;
  const SHELL = `A="\${B:-c}" d=$(curl 'e' | f) && g <<H\ni\nH\n`;
  test.each([
    ['a.py', PY],
    ['a.tsx', TSX],
    ['a.sql', SQL],
    ['a.sh', SHELL],
  ])('%s', (file, text) => {
    const cut = fc.tuple(fc.nat(text.length), fc.nat(30), fc.string({ maxLength: 3, unit: 'grapheme' }));
    fc.assert(
      fc.property(fc.array(cut, { minLength: 1, maxLength: 3 }), (cuts) => {
        let left = text;
        for (const [from, length, instead] of cuts)
          left = left.slice(0, from) + instead + left.slice(from + length);
        callsIn({ file, text: left });
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['a.py', `x = ${'('.repeat(20_000)}`],
    ['a.py', `x = f"${'{'.repeat(9999)}"`],
    ['a.py', `${'if x:\n '.repeat(50)}y`],
    [
      'a.py',
      Array.from({ length: 400 }, (_, index) => `a${index} = a${index + 1} + a${index + 1}`).join('\n') +
        '\nrequests.get(a0)',
    ],
    ['a.py', 'a = b\nb = a\nrequests.get(a + "/v1/things/")'],
    ['a.py', 'def f(x):\n    return f(x)\nrequests.get(f("/v1/things/"))'],
    ['a.sh', '$('.repeat(5000)],
    ['a.sh', '`'.repeat(5001)],
  ])('%s that is nested or goes in circles', (file, text) => {
    expect(callsIn({ file, text }).length).toBeLessThan(5);
  });
});

test.each([
  ['a.ts', `x = ${'['.repeat(100_000)}`],
  ['a.js', `x = ${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
  ['a.ts', `x = ${'!'.repeat(100_000)}1`],
  ['a.ts', `x = ${'f('.repeat(100_000)}`],
  ['a.py', `x = ${'['.repeat(100_000)}`],
  ['a.py', `x = ${'f('.repeat(100_000)}`],
  ['a.py', `x = ${'not '.repeat(100_000)}1`],
])('what is nested very deep in %s is no fault of the program', (file, text) => {
  const calls = callsIn({ file, text }, { file: 'b.ts', text: 'fetch("https://api.shop.example/v1/tags/")' });
  expect(calls.filter((line) => !line.includes('nested too deep'))).toEqual(['1: GET /v1/tags/']);
});
