import { callsOfCurl, isCurl } from '../curl.js';
import { emptyReading, type Reading } from '../call.js';
import { readShell } from '../shell.js';

/** The calls of curl in a shell script. */
export function readShellSource(file: string, text: string): Reading {
  const reading = emptyReading();
  for (const command of readShell(text, new Map()).commands.filter(isCurl)) {
    const place = { file, line: command.line };
    for (const call of callsOfCurl(command)) reading.calls.push({ ...call, place });
  }
  return reading;
}
