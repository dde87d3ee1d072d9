import type { FileOrigin } from '../../doctor/spec-folder.js';
import type { Group, Line, State } from '../../doctor/line.js';
import type { Io } from '../io.js';

const TITLES: Record<Group, string> = {
  spec: 'The spec folder',
  configuration: 'Variables and credentials',
  store: 'The store and the fleet',
  hosts: 'The way to the hosts',
  plan: 'What a check would ask',
};

const WIDTH = 10;

/** Prints line by line as things are found; and at the end what it comes to. */
export function doctorPrinter(io: Io) {
  const { bold, dim, green, red, yellow } = io.colours;
  const paint: Record<State, (text: string) => string> = {
    ...{ ok: green, warning: yellow, error: red, 'not tried': dim },
  };
  let group: Group | undefined;
  let target: string | undefined;
  const begin = (next: Group): void => {
    if (next === group) return;
    if (group !== undefined) io.out();
    io.out(bold(TITLES[next]));
    group = next;
    target = undefined;
  };
  return {
    /** Where each file of the spec folder comes from. */
    origins: (files: readonly FileOrigin[]): void => {
      begin('spec');
      const there = files.filter(({ origin }) => origin !== 'nowhere');
      const widest = Math.max(...there.map(({ entry }) => entry.length));
      for (const { entry, origin, folder = '' } of there)
        io.out(`  ${entry.padEnd(widest)}  ${dim(origin === 'package' ? PACKAGE : folder)}`);
      const lacking = files.filter(({ origin }) => origin === 'nowhere').map(({ entry }) => entry);
      if (lacking.length > 0) io.out(io.wrapped(`not there: ${lacking.join(', ')}`, 2));
      io.out();
    },
    /** That so many requests will be sent to a target at the most. */
    bound: (name: string, atMost: number): void => {
      begin('hosts');
      target = name;
      io.out(`  ${name}: at most ${atMost} requests`);
    },
    line: (line: Line): void => {
      begin(line.group);
      if (line.target !== target && line.target !== undefined) io.out(`  ${line.target}`);
      target = line.target;
      const text = `${line.name}: ${line.found}${line.code === undefined ? '' : ` (${line.code})`}`;
      const [first = '', ...rest] = io.wrapped(text, 2 + WIDTH).split('\n');
      io.out(`  ${paint[line.state](MARKS[line.state].padEnd(WIDTH))}${first.trimStart()}`);
      for (const one of rest) io.out(one);
      if (line.remedy !== undefined && line.remedy !== '') io.out(io.wrapped(`→ ${line.remedy}`, 2 + WIDTH));
    },
    end: (lines: readonly Line[]): void => {
      const count = (state: State) => lines.filter((line) => line.state === state).length;
      const [errors, warnings, untried] = [count('error'), count('warning'), count('not tried')];
      const what = (number: number, name: string) => `${number} ${name}${number === 1 ? '' : 's'}`;
      io.out();
      io.out(bold(`${what(errors, 'error')}, ${what(warnings, 'warning')}, ${untried} not tried`));
    },
  };
}

const PACKAGE = 'the folder that comes with this package';

const MARKS: Record<State, string> = { ok: 'ok', warning: 'warning', error: 'error', 'not tried': '-' };
