// The page of the controls, from the built program.
import { HOST_CONTROLS, OPERATION_CONTROLS } from '../dist/src/controls/index.js';

/** The page of all controls, as Markdown. */
export function controlsPage() {
  const table = (controls) => [
    '| control | differs in | shows | requests at the most |',
    '| --- | --- | --- | --- |',
    ...controls.map(
      ({ id, varies, proves, asks }) => `| \`${id}\` | ${varies} | ${proves} | ${asks.atMost} |`,
    ),
  ];
  return [
    '# Controls',
    '',
    'A control is a request that differs in one thing from the one in question, so that what it is answered proves something',
    'about that thing. Messages alone make no verdict certain; controls do.',
    '',
    ...['## Asked for an operation that is refused', '', ...table(OPERATION_CONTROLS), ''],
    ...['## Asked once for a host', '', ...table(HOST_CONTROLS)],
  ].join('\n');
}
