import { describe, expect, test } from 'vitest';
import type { Json } from '../json.js';
import type { Body } from './body.js';
import { valuesOf, valuesOfSuccess } from './values.js';
import { processorTime } from '../testing/processor-time.js';

const json = (value: Json): Body => ({ kind: 'json', value, text: '' });
const html = (text: string): Body => ({ kind: 'html', text });
const xml = (text: string): Body => ({ kind: 'xml', text });

describe('the values of a body', () => {
  test.each<[what: string, body: Body, values: string[]]>([
    [
      'JSON are its strings, numbers and truth values',
      json({ ok: false, code: 17, error: 'no', none: null }),
      ['ok: false', 'code: 17', 'error: no'],
    ],
    [
      'a list are those of its items',
      json({ errors: [{ code: 'a' }, { code: 'b' }] }),
      ['errors.code: a', 'code: a', 'errors.code: b', 'code: b'],
    ],
    [
      'an answer within an answer begin at its own root',
      json({ body: '{"code":7}' }),
      ['body: {"code":7}', 'code: 7'],
    ],
    ['a single value are none', json('no'), []],
    ['no body are none', { kind: 'empty' }, []],
    ['bytes are none', { kind: 'binary', bytes: Buffer.from('a=1') }, []],
    ['JSON that is a list of texts are none', json(['no']), []],
    [
      'JSON are those down to the sixth member',
      json({ a: { b: { c: { d: { e: { f: 'x' } } } } } }),
      [...['a.b.c.d.e.f: x', 'b.c.d.e.f: x', 'c.d.e.f: x', 'd.e.f: x', 'e.f: x', 'f: x']],
    ],
    ['JSON are none below it', json({ a: { b: { c: { d: { e: { f: { g: 'x' } } } } } } }), []],
    [
      'JSON are none that are long',
      json({ a: 'x'.repeat(300), b: 'x'.repeat(301) }),
      [`a: ${'x'.repeat(300)}`],
    ],
    [
      'an answer within an answer are none where it is no JSON',
      json({ a: 'said {"b":1}', c: '{d', e: ' [{"f":1}]' }),
      ['a: said {"b":1}', 'c: {d', 'e:  [{"f":1}]', 'f: 1'],
    ],
    [
      'XML are also those in which FHIR and SAML keep them in attributes',
      xml('<f:code value="no"/><text value="words"/><a b value="d e"/><x>\n</x>'),
      ['x: ', 'code: no', 'text: words', 'a: d e'],
    ],
    [
      'XML are also those that are marked as characters, and with attributes',
      xml('<a:code x="1"><![CDATA[E7]]></a:code><empty><![CDATA[]]></empty>'),
      ['code: E7'],
    ],
    ['names and values are they', { kind: 'text', text: 'ok=false&code=+7+' }, ['ok: false', 'code: 7']],
    [
      'XML are its innermost elements, without their prefixes',
      xml('<s:Fault xmlns:s="urn:x"><faultcode>s:Client</faultcode><d><e> no </e></d></s:Fault>'),
      ['faultcode: s:Client', 'e: no'],
    ],
    [
      'a page are the attributes of its forms',
      html('<FORM id="f" Action = "/in"><input type=password name=\'p q\'><p class="x">'),
      ['form.id: f', 'form.action: /in', 'input.type: password', 'input.name: p q'],
    ],
    [
      'a text are members of JSON that are in it, also where their quotes are escaped',
      { kind: 'text', text: 'failed: {\\"code\\": \\"E7\\", \\"status\\":403' },
      ['code: E7', 'status: 403'],
    ],
  ])('of %s', (_, body, values) => {
    expect(valuesOf(body)).toEqual(values);
  });
});

test('of lists the first five items are read, of objects the first twenty members', () => {
  const names = Array.from({ length: 30 }, (_, index) => `m${index}`);
  expect(valuesOf(json(names.map((a) => ({ a }))))).toEqual(names.slice(0, 5).map((name) => `a: ${name}`));
  expect(valuesOf(json(Object.fromEntries(names.map((name) => [name, 1]))))).toEqual(
    names.slice(0, 20).map((name) => `${name}: 1`),
  );
});

test('values are looked for near the beginning only', () => {
  const far = 'x'.repeat(64 * 1024);
  expect(valuesOf(html(`${far}<form id="f">`))).toEqual([]);
  expect(valuesOf(xml(`${far}<a>b</a>`))).toEqual([]);
  expect(valuesOf({ kind: 'text', text: `${far} "a": 1` })).toEqual([]);
  expect(valuesOf(json({ a: JSON.stringify({ b: 1, far }) }))).toEqual([]);
});

describe('the values of the body of a success', () => {
  test('begin at its root, as what stands deeper is data', () => {
    expect(valuesOfSuccess(json({ visits: [{ error: 'no' }] }))).toEqual(['visits.error: no']);
  });

  test('are not those of an answer that a string holds', () => {
    expect(valuesOfSuccess(json({ note: '{"ok":false}' }))).toEqual(['note: {"ok":false}']);
  });

  test('are those of its errors only where there is no data beside them', () => {
    const errors = [{ message: 'no' }];
    expect(valuesOfSuccess(json({ data: { visits: [{ id: 7 }], rates: null }, errors }))).toEqual([
      'data.visits.id: 7',
    ]);
    for (const data of [null, { visits: null }, { visits: [] }]) {
      expect(valuesOfSuccess(json({ data, errors }))).toEqual(['errors.message: no']);
    }
  });

  test('of XML, and of names and values, are those of any body', () => {
    expect(valuesOfSuccess(xml('<ok>false</ok>'))).toEqual(['ok: false']);
    expect(valuesOfSuccess({ kind: 'text', text: 'ok=false' })).toEqual(['ok: false']);
  });

  test('of a page or a text are none', () => {
    expect(valuesOfSuccess(html('<form id="f">'))).toEqual([]);
    expect(valuesOfSuccess({ kind: 'text', text: '"code": 7' })).toEqual([]);
  });
});

test.each<[what: string, body: Body]>([
  ['members', json(Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`m${index}`, index])))],
  ['items', json(Array.from({ length: 100_000 }, () => ({ a: { b: { c: [{ d: 1 }] } } })))],
  ['tags that do not end', html('<input '.repeat(50_000))],
  ['attributes that do not end', html(`<input ${'type="'.repeat(50_000)}>`)],
  ['elements', xml('<a>b</a>'.repeat(50_000))],
  ['elements that do not end', xml('<a>'.repeat(50_000))],
  ['quotes', { kind: 'text', text: '"a": "'.repeat(50_000) }],
])('of very many %s, the values are read in time', (_, body) => {
  const began = processorTime();
  expect(valuesOf(body).length).toBeLessThanOrEqual(300);
  expect(valuesOfSuccess(body).length).toBeLessThanOrEqual(300);
  expect(processorTime() - began).toBeLessThan(2_000);
});
