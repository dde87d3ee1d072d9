// A plugin with a format and a reporter: a table for a spreadsheet, and a line on standard error for each operation.
//   conform check --plugin examples/plugins/csv.js
//   conform report --plugin examples/plugins/csv.js --format csv
const csv = {
  name: 'csv',
  render: ({ runs }) =>
    runs.map((run) => ({
      name: `${run.target}.csv`,
      text: [
        'operation,outcome,cause,proof',
        ...run.operations.map(({ id, outcome, cause = '', proof = '' }) =>
          [id, outcome, cause, proof].map((text) => `"${text.replaceAll('"', '""')}"`).join(','),
        ),
        '',
      ].join('\r\n'),
    })),
};

const lines = {
  name: 'lines',
  onEvent: (event) => {
    if (event.kind === 'judged')
      console.error(`${event.target}\t${event.operation.id}\t${event.operation.outcome}`);
  },
};

export default { formats: [csv], reporters: [lines] };
