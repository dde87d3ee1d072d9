import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatPlace, Problem, Problems } from '../../../../src/problem.js';
import { temporaryFolder } from '../../../../src/testing/folder.js';
import { readPhones, readTruth } from './numbers-file.js';

/** What reading a file gives, or what is wrong with it, line by line. */
async function read(reader: typeof readTruth, name: string, text: string) {
  await using folder = await temporaryFolder();
  const file = join(folder.path, name);
  await writeFile(file, text);
  try {
    return (await reader(file)).map(({ input, expected }) => [input, expected && expected.id]);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const all = error instanceof Problems ? error.all : [error];
    return all.map(({ message, place, remedy = '' }) => {
      // Nothing that is in the file is said.
      expect(`${message} ${remedy}`).not.toMatch(/abc|5550102|4711|secret/);
      return `${place ? formatPlace(place).slice(folder.path.length + 1) : ''} ${message}`;
    });
  }
}

describe('a file of truth', () => {
  const READ = [
    ['+13035550101', '4711'],
    ['(303) 555-0102', '007'],
    ['303-555-0103', null],
  ];

  test.each<[name: string, text: string]>([
    ['truth.csv', '+13035550101,4711\n(303) 555-0102,007\n303-555-0103,nobody\n'],
    [
      'truth.csv',
      'phone,id\r\n+13035550101,4711\r\n\r\n# a remark\r\n(303) 555-0102,007\r\n303-555-0103,Nobody',
    ],
    ['truth.csv', '\ufeff"+13035550101";"4711"\n"(303) 555-0102"; 007\n303-555-0103\tnobody'],
    ['truth.yaml', '+13035550101: 4711\n(303) 555-0102: 007\n# a remark\n303-555-0103: nobody\n'],
    ['truth.yml', '"+13035550101": "4711"\n"(303) 555-0102": 007\n303-555-0103: nobody\n'],
  ])('%s %j', async (name, text) => {
    expect(await read(readTruth, name, text)).toEqual(READ);
  });

  test('has a number that is in it twice with the same id once', async () => {
    expect(await read(readTruth, 't.csv', '3035550101,1\n+1 303 555 0101,1')).toEqual([['3035550101', '1']]);
  });

  test.each<[name: string, text: string, says: string[]]>([
    [
      't.csv',
      '3035550101,1\nabc,2\n3035550102,',
      ['t.csv:2 the line has no phone number', 't.csv:3 the line has no id'],
    ],
    ['t.csv', '3035550101\n', ['t.csv:1 the line is not a phone number and an id']],
    ['t.csv', '3035550101,1,secret\n', ['t.csv:1 the line is not a phone number and an id']],
    ['t.csv', '"3035550101,1\n', ['t.csv:1 the line is not a phone number and an id']],
    ['t.csv', '3035550101,1\n+13035550101,2\n', ['t.csv:2 the number has another id in line 1']],
    ['t.csv', '3035550101,nobody\n', ['t.csv no number of the file belongs to anybody']],
    ['t.csv', '', ['t.csv no number of the file belongs to anybody']],
    ['t.yaml', '3035550101: 1\nabc: 2\n', ['t.yaml:2 the line has no phone number']],
    ['t.yaml', '3035550101:\n', ['t.yaml:1 the line has no id']],
    ['t.yaml', '3035550101: [secret]\n', ['t.yaml:1 the line is not a phone number and an id']],
    ['t.yaml', '- 3035550101\n', ['t.yaml the file is not a list of phone numbers and ids']],
    ['t.yaml', '3035550101: 1\n3035550102: }\n', ['t.yaml:2 the file is not valid YAML']],
  ])('%s %j is refused with its line', async (name, text, says) => {
    expect(await read(readTruth, name, text)).toEqual(says);
  });

  test('with very many faults says how many more there are', async () => {
    const stated = await read(readTruth, 't.csv', 'abc,1\n'.repeat(50));
    expect(stated).toHaveLength(21);
    expect(stated.at(-1)).toBe('t.csv the file has 30 more lines that are wrong');
  });
});

describe('a file of phone numbers', () => {
  test('is read as it is, and who is right is not known', async () => {
    const text = '303 555 0101\n\n# a remark\n3035550101\n';
    expect(await read(readPhones, 'p.txt', text)).toEqual([
      ['303 555 0101', undefined],
      ['3035550101', undefined],
    ]);
  });

  test.each<[text: string, says: string[]]>([
    [
      '3035550101\nabc\n42\n',
      ['p.txt:2 the line has no phone number', 'p.txt:3 the line has no phone number'],
    ],
    ['\n', ['p.txt there is no number in the file']],
  ])('%j is refused', async (text, says) => {
    expect(await read(readPhones, 'p.txt', text)).toEqual(says);
  });

  test('that is not there is said so', async () => {
    await expect(readPhones('/nowhere/p.txt')).rejects.toThrow('there is no such file');
  });
});
