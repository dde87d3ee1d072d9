import type { ProblemEntries } from './entry.js';

const SHAPE = '“targets/mock/baseUrl” must be string';

/** Faults of files and folders that are read or written. */
export const FILE_ERRORS = {
  CONFORM_E_FILE_MISSING: {
    title: 'A file or folder does not exist',
    what: 'A file or folder that the command has to read does not exist.',
    why: 'The path is misspelled, or it is relative to another folder than the one that the command runs in.',
    fix: 'Correct the path. `--spec-dir` names the spec folder, and `--out` names the folder with the runs.',
    exitCode: 2,
    example: {
      run: 'conform audit calls-of-nobody.har',
      prints:
        'error CONFORM_E_FILE_MISSING: calls-of-nobody.har: there is no such file\n  Check the path and its permissions.',
    },
  },
  CONFORM_E_FILE_UNREADABLE: {
    title: 'A file cannot be read',
    what: 'The file exists, but its content cannot be read as text.',
    why: 'The path leads to a folder, the user of the process has no permission to read it, or the file is compressed or binary.',
    fix: 'Name the file itself. Give the user of the process permission to read it. Unpack a compressed file first.',
    exitCode: 2,
    example: {
      run: 'conform explain spec',
      prints: 'error CONFORM_E_FILE_UNREADABLE: spec: this is a folder, not a file\n  Name the file itself.',
    },
  },
  CONFORM_E_FILE_UNWRITABLE: {
    title: 'A file cannot be written',
    what: 'A result could not be written. What was there before is unchanged.',
    why: 'The disk is full, the file system is read-only, or the user of the process has no permission to write there.',
    fix: 'Free disk space, grant the permission, or name another folder with `--out`.',
    exitCode: 2,
    example: {
      given: 'The folder `reports` belongs to another user.',
      run: 'conform report',
      prints:
        'error CONFORM_E_FILE_UNWRITABLE: reports/report.md: the file cannot be written: permission is missing\n  Free disk space or grant the permission, or name another folder with --out.',
    },
  },
  CONFORM_E_FILE_TOO_LARGE: {
    title: 'A file is too large',
    what: 'The file, or the text on standard input, is larger than the command reads.',
    why: 'No contract, run or paste is that large. A larger one would exhaust the memory when it is parsed.',
    fix: 'Check that you named the intended file. Of a long log, paste the part that holds the answer.',
    exitCode: 2,
    example: {
      given: '`access.log` has 200 MiB.',
      run: 'conform explain access.log',
      prints:
        'error CONFORM_E_FILE_TOO_LARGE: access.log: the file is larger than 64 MiB\n  Check that it is the intended file.',
    },
  },
  CONFORM_E_PATH_OUTSIDE_FOLDER: {
    title: 'A file would be written outside of its folder',
    what: 'A name in the data leads out of the output folder. Nothing was written.',
    why: 'A contract, a run or a template holds a name with `..` or a link that leads elsewhere. That can be an attack.',
    fix: 'Find out where the file that holds the name comes from. Do not use it until you know.',
    exitCode: 2,
    example: {
      given: 'A run file from somewhere else has the target `../../home`.',
      run: 'conform report --run received.json',
      prints:
        'error CONFORM_E_PATH_OUTSIDE_FOLDER: reports: “../../home.md” leads out of the folder; nothing was written\n  A name in what was read leads there. Find out where that file comes from.',
    },
  },
  CONFORM_E_SECRET_IN_OUTPUT: {
    title: 'The output would have held a secret',
    what: 'A text that was about to be written, printed or sent holds a secret of this process. Nothing was written, printed or sent.',
    why: 'A secret is in the contract, the samples, a run file or the answer of a host, where redaction does not expect it.',
    fix: 'Search those files for the secret and take it out. If it is in none of them, please report this.',
    exitCode: 2,
    example: {
      given: 'Somebody has written the client secret into an example of the contract.',
      run: 'conform generate',
      prints:
        'error CONFORM_E_SECRET_IN_OUTPUT: generated/client.ts: the file would hold a secret of this process; nothing was written\n  Search the contract, the samples and the runs for it. If it is in none of them, please report this.',
    },
  },
  CONFORM_E_YAML_SYNTAX: {
    title: 'A file is not valid YAML or JSON',
    what: 'The parser stopped at the line that the message names.',
    why: 'The indentation is wrong, a quote or bracket is missing, or a key is twice in one map.',
    fix: 'Correct that line, or the one before it.',
    exitCode: 2,
    example: {
      given: 'Line 12 of `spec/targets.yaml` is indented by a tab.',
      run: 'conform check',
      prints:
        'error CONFORM_E_YAML_SYNTAX: spec/targets.yaml:12: the file is not valid YAML: Tabs are not allowed as indentation\n  Correct the indentation or quoting at that line.',
    },
  },
  CONFORM_E_DOCUMENT_TOO_COMPLEX: {
    title: 'A document is too complex to be read',
    what: 'The document is nested too deep, unfolds into too many values, or takes too long to parse.',
    why: 'Aliases that contain one another grow without limit. Such a document is usually generated by mistake, or made to stop programs.',
    fix: 'Check that you named the intended file. Look for YAML aliases (`*name`) that contain one another.',
    exitCode: 2,
    example: {
      given: 'The contract has ten aliases, each of which contains the one before ten times.',
      run: 'conform check',
      prints:
        'error CONFORM_E_DOCUMENT_TOO_COMPLEX: spec/swagger.yaml: the document unfolds into more than 2,000,000 values\n  Look for YAML aliases (*name) that contain one another.',
    },
  },
  CONFORM_E_FILE_INVALID: {
    title: 'A file does not have the expected form',
    what: 'A member of the file is missing or has a value of the wrong type.',
    why: 'The file was written for another version, or by hand.',
    fix: 'Correct the member at the line that the message names. `conform doctor --offline` lists all such faults of a spec folder at once.',
    exitCode: 2,
    example: {
      given: 'The `baseUrl` of a target is a number.',
      run: 'conform check',
      prints: `error CONFORM_E_FILE_INVALID: spec/targets.yaml:4: ${SHAPE}`,
    },
  },
  CONFORM_E_MEMBER_UNKNOWN: {
    title: 'A file has a member that nothing reads',
    what: 'A file of the spec folder has a member whose name is not known at that place.',
    why: 'The name is misspelled, or indented below the wrong member. It would have no effect, so it is an error.',
    fix: 'Take the nearest name that the message suggests, or remove the member.',
    exitCode: 2,
    example: {
      given: 'A target has `baseurl` instead of `baseUrl`.',
      run: 'conform check',
      prints:
        'error CONFORM_E_MEMBER_UNKNOWN: spec/targets.yaml:4: “targets/mock” has an unknown member: “baseurl”\n  The nearest name is “baseUrl”.',
    },
  },
} as const satisfies ProblemEntries;
