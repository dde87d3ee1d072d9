// Asks a target of a spec folder, says what came of it, and ends with the exit code of `conform check`.
//   node examples/library/check.js [SPEC-FOLDER] [TARGET]
import { check, judge, openSpec, Problem } from 'wellsky-conform';

const [dir = 'spec', target = 'mock'] = process.argv.slice(2);
try {
  const spec = await openSpec(dir, { env: process.env });
  console.log(`${spec.contract.title}: ${spec.contract.operations.length} operations`);
  const { run, file } = await check(spec, {
    target,
    onEvent: (event) => {
      if (event.kind === 'judged' && event.operation.outcome !== 'works')
        console.log(`${event.operation.id}: ${event.operation.outcome}`);
    },
  });
  const { verdict, causes, exitCode } = judge(run, spec);
  console.log(`${verdict}, see ${file}`);
  for (const { title, owner, members } of causes)
    console.log(`${owner.who}: ${title} (${members.length} operations)`);
  process.exitCode = exitCode;
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  console.error(error.message);
  console.error(error.remedy ?? '');
  process.exitCode = error.exitCode;
}
