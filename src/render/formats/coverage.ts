import type { ReportFormat } from './format.js';

/** What runs have ever seen of the contract, and what they have not, as JSON: for programs. */
export const coverage: ReportFormat = {
  name: 'coverage',
  render: ({ runs, coverages }) => [
    {
      name: 'coverage.json',
      text: `${JSON.stringify(
        runs.flatMap(({ id }) => coverages.get(id) ?? []),
        null,
        2,
      )}\n`,
    },
  ],
};
