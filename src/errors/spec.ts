import type { ProblemEntries } from './entry.js';

/** Faults of the contract and of the other files of a spec folder. */
export const SPEC_ERRORS = {
  CONFORM_E_CONTRACT_MISSING: {
    title: 'The spec folder has no contract',
    what: 'The spec folder holds no OpenAPI or Swagger file under a name that is looked for.',
    why: '`--spec-dir` names another folder, or the contract has a name of its own.',
    fix: 'Put the vendor’s file there under the name that the message shows, or make a spec folder with `conform init`.',
    exitCode: 2,
    example: {
      given: 'The folder `my-api` is empty.',
      run: 'conform check --spec-dir my-api',
      prints:
        'error CONFORM_E_CONTRACT_MISSING: my-api: there is no contract in this folder\n  Put the vendor’s OpenAPI file there as swagger.yaml.',
    },
  },
  CONFORM_E_CONTRACT_NOT_OPENAPI: {
    title: 'The file is not an OpenAPI document',
    what: 'The file that should be the contract has neither a member `openapi` nor a member `swagger`.',
    why: 'It is another file, or a fragment that a contract refers to.',
    fix: 'Name the main file of the contract: OpenAPI 3.0, OpenAPI 3.1 or Swagger 2.0.',
    exitCode: 2,
    example: {
      run: 'conform init package.json',
      prints:
        'error CONFORM_E_CONTRACT_NOT_OPENAPI: package.json:1: this is not a contract: it has neither a member “openapi” nor “swagger”\n  The file has to be an OpenAPI 3.0 or 3.1 or a Swagger 2.0 document.',
    },
  },
  CONFORM_E_CONTRACT_INVALID: {
    title: 'The contract cannot be used',
    what: 'The contract could not be resolved, has no operations, or has references that never end.',
    why: 'A `$ref` leads to nothing or to itself, or the document breaks the OpenAPI specification so far that it cannot be repaired in memory.',
    fix: 'Open the file in an OpenAPI editor and correct what it reports first. `conform check --contract` judges a contract that can be read.',
    exitCode: 2,
    example: {
      given: 'The contract has an empty `paths`.',
      run: 'conform check',
      prints:
        'error CONFORM_E_CONTRACT_INVALID: spec/swagger.yaml:5: the contract has no operations\n  Its “paths” must name at least one path with a method below it.',
    },
  },
  CONFORM_E_SPEC_FOLDER_EXISTS: {
    title: 'The place of the new spec folder is taken',
    what: '`conform init` found files at the place where it should make a spec folder. It overwrites nothing.',
    why: 'The folder was made by an earlier `conform init`, or a file has its name.',
    fix: 'Name another folder with `--spec-dir`. To use the folder as it is, run `conform doctor --offline`.',
    exitCode: 2,
    example: {
      run: 'conform init --spec-dir package.json spec/swagger.yaml',
      prints:
        'error CONFORM_E_SPEC_FOLDER_EXISTS: package.json: a file has the name of the folder\n  Name another folder with --spec-dir.',
    },
  },
  CONFORM_E_SPEC_FILE_UNKNOWN: {
    title: 'Nothing reads a file of the spec folder',
    what: 'A file of the spec folder has a name under which no file is read.',
    why: 'The name is misspelled. The file would have no effect, so it is an error.',
    fix: 'Rename the file, or move it out of the spec folder.',
    exitCode: 2,
    example: {
      given: 'The samples are in `sample.yaml`.',
      run: 'conform check',
      prints:
        'error CONFORM_E_SPEC_FILE_UNKNOWN: spec/sample.yaml: nothing reads this file\n  The nearest name is samples.yaml.',
    },
  },
  CONFORM_E_SETTING_INVALID: {
    title: 'A setting cannot hold',
    what: 'A file of the spec folder has a setting of the right form that contradicts another setting, the contract or the calendar.',
    why: 'One of the two was changed and the other was not.',
    fix: 'Correct the setting at the line that the message names.',
    exitCode: 2,
    example: {
      given: 'A setting of `spec/checks.yaml` ends on 31 February.',
      run: 'conform check',
      prints:
        'error CONFORM_E_SETTING_INVALID: spec/checks.yaml:6: there is no day “2026-02-31”\n  Write it like 2026-12-31.',
    },
  },
  CONFORM_E_NAME_NOT_IN_CONTRACT: {
    title: 'A file names something that the contract does not have',
    what: 'A file of the spec folder names an operation, a parameter or a schema that is not in the contract.',
    why: 'The name is misspelled, or the vendor has renamed or removed it in a newer contract.',
    fix: 'Take the name that the message suggests. If the contract is new, review everything that named the old one.',
    exitCode: 2,
    example: {
      given: 'The samples name an operation that was removed.',
      run: 'conform check',
      prints:
        'error CONFORM_E_NAME_NOT_IN_CONTRACT: spec/samples.yaml:9: the contract has no operation “listOrder”\n  The nearest is “listOrders”.',
    },
  },
  CONFORM_E_CHECK_UNKNOWN: {
    title: 'There is no such check',
    what: 'A check or a family of checks is named that does not exist.',
    why: 'The name is misspelled, or it is the check of a newer version.',
    fix: '`conform checks` lists all checks with their names.',
    exitCode: 2,
    example: {
      run: 'conform check --checks list/page-sise',
      prints:
        'error CONFORM_E_CHECK_UNKNOWN: there is no check “list/page-sise”\n  The nearest name is “list/page-size”. conform checks lists them.',
    },
  },
  CONFORM_E_CONSUMER_UNKNOWN: {
    title: 'There is no such consumer',
    what: 'The consumer that was named has no file in the folder `consumers` of the spec folder.',
    why: 'The name is misspelled, or the consumer was never described.',
    fix: 'Take one of the names that the message lists, or describe the consumer: its features and the operations that each needs.',
    exitCode: 2,
    example: {
      given: 'The folder `consumers` describes `shop` only.',
      run: 'conform gate --consumer shopp',
      prints: 'error CONFORM_E_CONSUMER_UNKNOWN: there is no consumer “shopp”\n  Consumers are: shop.',
    },
  },
  CONFORM_E_FLOW_INVALID: {
    title: 'A flow cannot be planned',
    what: 'A workflow of the spec folder names something that the contract or the workflow itself does not have.',
    why: 'A step names an operation, an earlier step or an output that does not exist, or two workflows have one id.',
    fix: 'Correct the workflow at the line that the message names.',
    exitCode: 2,
    example: {
      given: 'Two workflows of one file have the id `order`.',
      run: 'conform check',
      prints:
        'error CONFORM_E_FLOW_INVALID: spec/workflows/shop.yaml:40: there are two workflows “order”\n  Give each an id of its own.',
    },
  },
  CONFORM_E_WORLD_UNKNOWN: {
    title: 'There is no such world',
    what: 'The spec folder has no recorded world of that date.',
    why: 'The date is misspelled, or nothing was recorded on that day.',
    fix: 'Take one of the dates that the message lists, or add a file for the date to `worlds`.',
    exitCode: 2,
    example: {
      given: 'The folder `worlds` has one file.',
      run: 'conform replica --world 2026-02-27',
      prints:
        'error CONFORM_E_WORLD_UNKNOWN: spec/worlds: there is no world “2026-02-27”\n  Worlds are: 2026-02-26.',
    },
  },
  CONFORM_E_TYPES_NOT_GENERATED: {
    title: 'No types can be generated from the contract',
    what: '`conform generate` wrote nothing, because the types would not be valid or would hold code.',
    why: 'A name or a reference of the contract holds characters that no name has, or hundreds of its schemas refer to one another in a row.',
    fix: 'Correct the name in the contract; the message shows where it would be in the types. A contract whose schemas refer to one another too often can be used by all other commands.',
    exitCode: 2,
    example: {
      given: 'A reference of the contract ends with a lone `%`.',
      run: 'conform generate',
      prints:
        'error CONFORM_E_TYPES_NOT_GENERATED: types cannot be generated from this contract: URI malformed\n  The generator reads names as parts of a URL: look for a % without two digits.',
    },
  },
} as const satisfies ProblemEntries;
