/**
 * What is kept of a report: counts, and each mutant that no test noticed.
 *
 * @typedef {{ file: string, line: number, code: string, mutator: string, replacement: string, covered: boolean }} Survivor
 *   `code`: the line without its indentation; `covered`: whether a test executes it
 * @typedef {{ date: string, mutants: number, killed: number, ignored: number, broken: number, survivors: Survivor[] }} Result
 *   `killed`: with those that were stopped because they took too long; `broken`: those that could not be run; neither they
 *   nor those ignored are among `mutants`
 */

const KILLED = ['Killed', 'Timeout'];
const SURVIVED = ['Survived', 'NoCoverage'];

/**
 * @param {{ files: Record<string, { source: string, mutants: any[] }> }} report as mutation-testing-report-schema has it
 * @param {Date} now
 * @returns {Result}
 */
export function resultOf({ files }, now) {
  const all = Object.entries(files).flatMap(([file, { source, mutants }]) => {
    const lines = source.split('\n');
    return mutants.map((mutant) => ({ ...mutant, file, code: lines[mutant.location.start.line - 1].trim() }));
  });
  const count = (statuses) => all.filter(({ status }) => statuses.includes(status)).length;
  const survivors = all
    .filter(({ status }) => SURVIVED.includes(status))
    .map(({ file, location, code, mutatorName, replacement, status }) => ({
      file,
      line: location.start.line,
      code,
      mutator: mutatorName,
      replacement: replacement ?? '',
      covered: status === 'Survived',
    }))
    .sort((one, other) => one.file.localeCompare(other.file) || one.line - other.line);
  return {
    date: now.toISOString().slice(0, 10),
    mutants: count([...KILLED, ...SURVIVED]),
    killed: count(KILLED),
    ignored: count(['Ignored']),
    broken: count(['CompileError', 'RuntimeError', 'Pending']),
    survivors,
  };
}
