import { describe, expect, test } from 'vitest';
import { systemClock } from '../clock.js';
import type { Json } from '../json.js';
import type { Body } from './body.js';
import { valuesOf, valuesOfSuccess } from './values.js';

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
    [
      'XML are its innermost elements, without their prefixes',
      xml('<s:Fault xmlns:s="urn:x"><faultcode>s:Client</faultcode><d><e> no </e></d></s:Fault>'),
      ['faultcode: s:Client', 'e: no'],
    ],
    [
      'a page are the attributes of its forms',
      html('<form id="f" action="/in"><input type=password name=\'p\'><p class="x">'),
      ['form.id: f', 'form.action: /in', 'input.type: password', 'input.name: p'],
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
  const began = systemClock.ticks();
  expect(valuesOf(body).length).toBeLessThanOrEqual(300);
  expect(valuesOfSuccess(body).length).toBeLessThanOrEqual(300);
  expect(systemClock.ticks() - began).toBeLessThan(2_000);
});
