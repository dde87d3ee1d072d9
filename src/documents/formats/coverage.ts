import type { ReportFormat } from './format.js';

/** What runs have ever seen of the contract, and what they have not, as JSON: for programs. */
export const coverage: ReportFormat = {
  name: 'coverage',
  render: ({ runs, coverages }) => {
    const all = runs.flatMap(({ id }) => coverages.get(id) ?? []);
    // Runs of former versions do not say what they have seen.
    if (all.length === 0) return [];
    // Beside the runs every JSON file is taken for a run.
    return [{ name: 'coverage/coverage.json', text: `${JSON.stringify(all, null, 2)}\n` }];
  },
};
