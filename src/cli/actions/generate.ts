import { relative, resolve } from 'node:path';
import { openFolder } from '../../artefact/folder.js';
import { generateFiles, staleFiles } from '../../generate/generate.js';
import { PACKAGE_NAME, PACKAGE_ROOT } from '../../package.js';
import { openSpec } from '../../spec/open.js';
import type { Host } from '../host.js';
import { createIo } from '../io.js';
import { keptRun, type KeptOptions } from '../kept.js';
import { reportRepairs } from '../repairs.js';
import { noteOrigin } from '../whole-spec.js';

export interface GenerateOptions extends KeptOptions {
  spec?: string | undefined;
  into: string;
  observed?: string | undefined;
  check?: true | undefined;
}

export async function generate(options: GenerateOptions, host: Host): Promise<number> {
  const io = createIo(options, host);
  const { contract, layers } = await openSpec(options.specDir, ['contract'], options.spec);
  if (options.spec === undefined) noteOrigin(layers, io);
  reportRepairs(contract.repairs, io);
  const observed =
    options.observed === undefined ? undefined : await keptRun(options.observed, options, host);
  const files = await generateFiles(contract, observed, clientModule(options.into));
  if (options.check) {
    const stale = await staleFiles(files, options.into);
    io.result({ into: options.into, stale });
    if (stale.length === 0) {
      io.out(`${options.into} is up to date.`);
      return 0;
    }
    io.out(`Out of date in ${options.into}: ${stale.join(', ')}. Run conform generate.`);
    return 1;
  }
  const into = openFolder(options.into, host.secrets, 'shared');
  for (const { name, text } of files) await into.write(name, text);
  io.out(
    `${contract.operations.length} operations written to ${options.into}: ${files.map(({ name }) => name).join(', ')}.`,
  );
  io.result({
    into: options.into,
    files: files.map(({ name }) => name),
    operations: contract.operations.length,
  });
  return 0;
}

/** Inside this package the client is imported from its source, elsewhere from the package. */
function clientModule(into: string): string {
  const inside = relative(PACKAGE_ROOT, resolve(into));
  return inside === 'generated' ? '../src/client/client.js' : `${PACKAGE_NAME}/client`;
}
