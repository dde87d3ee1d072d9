import { describe, expect, test } from 'vitest';
import { unknownPathBeside, unknownPathProbe } from './unknown-path.js';

const UNKNOWN = '__absent_ab12';

function beside(path: string, templates: readonly string[], shown = path): string | undefined {
  const found = unknownPathBeside({ sent: path, shown }, templates, UNKNOWN);
  return found && `${found.sent}${found.isSameDepth ? '' : ' (another depth)'}`;
}

describe('the unknown path beside a path', () => {
  test.each([
    ['differs in its last segment', '/v2/things', ['/v2/things'], '/v2/__absent_ab12'],
    ['keeps the slash at its end', '/v2/things/', ['/v2/things/'], '/v2/__absent_ab12/'],
    ['is no other value of the same parameter', '/things/7', ['/things/{id}'], '/__absent_ab12/7'],
    [
      'is no value of a parameter of another path',
      '/things/all',
      ['/things/all', '/things/{id}'],
      '/__absent_ab12/all',
    ],
    ['is no value in other letters', '/Things/7', ['/things/{id}'], '/__absent_ab12/7'],
    ['keeps what is above', '/a/7/b', ['/a/{id}/b'], '/a/7/__absent_ab12'],
    ['is none of a template without the slash', '/things/7/', ['/things/{id}'], '/__absent_ab12/7/'],
    [
      'is none where a segment is only partly a parameter',
      '/things/a.json',
      ['/things/{name}.json'],
      '/__absent_ab12/a.json',
    ],
    [
      'is longer where all of its length may be routed',
      '/a/b',
      ['/{x}/{y}'],
      '/a/b/__absent_ab12 (another depth)',
    ],
    [
      'is one segment where also longer ones may be',
      '/a/b',
      ['/{x}/{y}', '/{x}/{y}/{z}'],
      '/__absent_ab12 (another depth)',
    ],
    ['is beside the root', '/', ['/'], '/__absent_ab12 (another depth)'],
  ])('%s: beside %s', (_, path, templates, is) => {
    expect(beside(path, templates)).toBe(is);
  });

  test('does not exist where every path may be routed', () => {
    expect(beside('/a', ['/{x}', '/{x}/{y}'])).toBeUndefined();
  });

  test('shows ids as its own path does', () => {
    const found = unknownPathBeside({ sent: '/a/real-id/b', shown: '/a/thing-1/b' }, ['/a/{id}/b'], UNKNOWN);
    expect(found).toEqual({
      sent: '/a/real-id/__absent_ab12',
      shown: '/a/thing-1/__absent_ab12',
      isSameDepth: true,
    });
  });

  test('is asked without a body, and shown without what was drawn', () => {
    const given = { operation: 'POST /a', method: 'POST', baseUrl: 'https://h', purpose: 'a control' };
    const path = { sent: `/${UNKNOWN}`, shown: `/${UNKNOWN}`, isSameDepth: true };
    expect(unknownPathProbe(path, UNKNOWN, given)).toEqual({
      operation: 'POST /a',
      role: 'control',
      purpose: 'a control',
      request: { method: 'POST', url: `https://h/${UNKNOWN}`, headers: { accept: 'application/json' } },
      shown: 'https://h/__absent_<nonce>',
    });
  });
});
