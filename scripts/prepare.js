// Part of the build: does once what would take every run longer than its requests. What is prepared is used only as long as
// what it was made of is still the same.
import { ListsFile } from '../dist/src/checks/stated/lists.js';
import { ChecksFile } from '../dist/src/checks/stated/settings.js';
import { prepareShapes } from '../dist/src/document/shapes.js';
import { AgencyEntry, FleetFile } from '../dist/src/fleet/file.js';
import { ConsumerFile } from '../dist/src/impact/consumer.js';
import { NightlyFile } from '../dist/src/nightly/settings.js';
import { PREPARED } from '../dist/src/package.js';
import { SamplesFile } from '../dist/src/probe/samples.js';
import { prepareTemplates } from '../dist/src/documents/prepared-templates.js';
import { WorldFile } from '../dist/src/replica/world/file.js';
import { ExpectedFile } from '../dist/src/record/expected.js';
import { NegativesFile } from '../dist/src/spec/negatives.js';
import { TargetsFile } from '../dist/src/targets/targets.js';
import { prepareSignatures, SIGNATURES_PREPARED, SignaturesFile } from '../dist/src/verdict/signatures.js';
import { WorkflowFile } from '../dist/src/workflow/shape.js';
import { writeFolder } from './write-folder.js';

/** The files of a spec folder that a check reads, and those that a fleet reads at its start. */
const SHAPES = [
  ...[TargetsFile, SamplesFile, SignaturesFile, WorldFile],
  ...[ConsumerFile, ExpectedFile, ChecksFile, ListsFile],
  ...[WorkflowFile, NightlyFile, NegativesFile],
  ...[FleetFile, AgencyEntry],
];

if (PREPARED === undefined) throw new Error('what is prepared is in dist/, and this does not');
const files = new Map([
  [SIGNATURES_PREPARED, JSON.stringify(await prepareSignatures())],
  ...(await prepareTemplates()),
  ...(await prepareShapes(SHAPES)),
]);
await writeFolder(PREPARED, files);
