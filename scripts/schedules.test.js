import { execFile, execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (name) => readFileSync(join(ROOT, name), 'utf8');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'conform-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the nightly workflow', () => {
  const workflow = parse(read('.github/workflows/nightly.yml'));
  const { night } = workflow.jobs;
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
  const using = (name) => night.steps.filter(({ uses = '' }) => uses.startsWith(`${name}@`));

  test('has no permission that a job does not name, and the night only those that it needs', () => {
    expect(workflow.permissions).toEqual({});
    expect(night.permissions).toEqual({ contents: 'read', issues: 'write' });
    for (const [name, job] of Object.entries(workflow.jobs))
      if (name !== 'night') expect(job.permissions).toEqual({ contents: 'read' });
  });

  test('gives secrets to the one step that asks the host, and to no job', () => {
    const withSecrets = steps.filter((step) => JSON.stringify(step).includes('secrets.'));
    expect(withSecrets.map(({ id }) => id)).toEqual(['night']);
    expect(withSecrets[0].run).not.toContain('npm ci');
    for (const job of Object.values(workflow.jobs))
      expect(JSON.stringify(job.env ?? {})).not.toContain('secrets.');
    expect(JSON.stringify(workflow.env ?? {})).not.toContain('secrets.');
  });

  test('keeps what nights have left on every outcome, and no journal', () => {
    const [restore] = using('actions/cache/restore');
    const [save] = using('actions/cache/save');
    const [upload] = using('actions/upload-artifact');
    expect(using('actions/cache')).toEqual([]);
    expect(save.if).toMatch(/^always\(\)/);
    expect(upload.if).toMatch(/^always\(\)/);
    expect(save.with.path).toBe(restore.with.path);
    expect(save.with.key).toBe(restore.with.key);
    expect(save.with.key.startsWith(restore.with['restore-keys'])).toBe(true);
    const order = night.steps.map((step) => step.id ?? step.uses ?? '');
    expect(order.indexOf('night')).toBeLessThan(order.indexOf(save.uses));
    for (const { path } of [restore.with, save.with, upload.with]) {
      const paths = path.trim().split('\n');
      expect(paths).toContain('reports/nights');
      for (const one of paths) expect(one).toMatch(/^reports\/(runs|latest|tickets|nights)$/);
    }
  });

  test('lets no night cut off another, and tells somebody when one cannot begin', () => {
    expect(night.concurrency).toEqual({ group: 'nightly', 'cancel-in-progress': false });
    const failing = night.steps.filter(({ if: when = '' }) => when.startsWith('failure()'));
    expect(failing.map(({ run }) => run)).toEqual([expect.stringContaining('setup-issue.sh open')]);
    // A step that npm ci kept from running has no output, so none of these.
    expect(failing[0].if).toContain('!contains(');
  });

  test('pins every action to a commit', () => {
    for (const { uses } of steps) if (uses) expect(uses).toMatch(/@[0-9a-f]{40}$/);
  });
});

describe('setup-issue.sh', () => {
  /** A code host that has one issue open or none, and notes what it is asked. */
  const run = async (open, ...args) => {
    writeFileSync(
      join(folder, 'gh'),
      `#!/bin/sh\nprintf '%s\\n' "$*" >> '${folder}/log'\ncase "$*" in *--paginate*) ${open ? 'echo 7' : ':'} ;; esac\n`,
    );
    chmodSync(join(folder, 'gh'), 0o755);
    writeFileSync(join(folder, 'log'), '');
    await promisify(execFile)('sh', [join(ROOT, 'scripts/setup-issue.sh'), ...args], {
      env: { PATH: `${folder}:${process.env['PATH']}`, GITHUB_REPOSITORY: 'harbour/nights' },
    });
    return readFileSync(join(folder, 'log'), 'utf8').replaceAll('\n', ' ');
  };

  test('opens one issue, and no second one', async () => {
    expect(await run(false, 'open', 'See the log')).toContain(
      'body=See the log <!-- conform-night setup -->',
    );
    expect(await run(true, 'open', 'See the log')).not.toContain('title=');
  });

  test('closes the one that is open', async () => {
    expect(await run(true, 'close')).toContain(
      '--method PATCH repos/harbour/nights/issues/7 -f state=closed',
    );
    expect(await run(false, 'close')).not.toContain('PATCH');
  });
});

describe('nightly.sh', () => {
  const shells = ['sh', 'bash', 'dash', 'busybox'].filter(
    (name) => spawnSync(name, name === 'busybox' ? ['true'] : ['-c', ':'], { stdio: 'ignore' }).status === 0,
  );

  const start = async (shell, args, script = 'scripts/nightly.sh') => {
    const command = shell === 'busybox' ? ['busybox', 'sh'] : [shell];
    return promisify(execFile)(command[0], [...command.slice(1), script, ...args], {
      cwd: folder,
    }).then(
      ({ stdout }) => ({ code: 0, text: stdout }),
      ({ code, stdout, stderr }) => ({ code, text: stdout + stderr }),
    );
  };
  beforeEach(() => {
    mkdirSync(join(folder, 'scripts'));
    copyFileSync(join(ROOT, 'scripts/nightly.sh'), join(folder, 'scripts/nightly.sh'));
  });

  test.each(shells)('hands on its arguments as they are, and the exit code (%s)', async (shell) => {
    mkdirSync(join(folder, 'dist/bin'), { recursive: true });
    writeFileSync(
      join(folder, 'dist/bin/conform.js'),
      'console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 3;',
    );
    const { code, text } = await start(shell, ['--target', 'a b', '--notify', '']);
    expect(JSON.parse(text)).toEqual(['nightly', '--target', 'a b', '--notify', '']);
    expect(code).toBe(3);
    expect((await start(shell, [])).code).toBe(3);
  });

  test.each(shells)('works in the folder in which it is started (%s)', async (shell) => {
    mkdirSync(join(folder, 'installed/dist/bin'), { recursive: true });
    mkdirSync(join(folder, 'installed/scripts'));
    copyFileSync(join(ROOT, 'scripts/nightly.sh'), join(folder, 'installed/scripts/nightly.sh'));
    writeFileSync(join(folder, 'installed/dist/bin/conform.js'), 'console.log(process.cwd());');
    const { code, text } = await start(shell, [], 'installed/scripts/nightly.sh');
    expect([code, text.trim()]).toEqual([0, realpathSync(folder)]);
  });

  test.each(shells)('says so when conform is not built (%s)', async (shell) => {
    expect(await start(shell, [])).toEqual({
      code: 2,
      text: expect.stringMatching(/^BROKEN the night cannot begin/),
    });
  });
});

test('the property list is one, and starts the script at an hour of the night', () => {
  const text = read('scripts/com.example.conform.nightly.plist');
  expect(text).toMatch(
    /<array>\s*<string>\/bin\/sh<\/string>\s*<string>[^<]*\/scripts\/nightly\.sh<\/string>\s*<\/array>/,
  );
  expect(text).toMatch(/<key>Hour<\/key>\s*<integer>2<\/integer>/);
  const python = spawnSync(
    'python3',
    ['-c', 'import plistlib,sys; plistlib.loads(sys.stdin.buffer.read())'],
    { input: text },
  );
  if (python.error === undefined) expect(String(python.stderr)).toBe('');
});

test('the units of systemd are a service and its timer', () => {
  const service = read('scripts/systemd/conform-nightly.service');
  const timer = read('scripts/systemd/conform-nightly.timer');
  expect(service).toMatch(/^ExecStart=\/bin\/sh scripts\/nightly\.sh$/m);
  expect(service).toMatch(/^SuccessExitStatus=1$/m);
  expect(timer).toMatch(/^OnCalendar=\*-\*-\* 02:17:00$/m);
  expect(timer).toMatch(/^Persistent=true$/m);
  if (spawnSync('systemd-analyze', ['--version'], { stdio: 'ignore' }).status !== 0) return;
  const installed = service.replaceAll('/opt/conform', ROOT.replace(/\/$/, ''));
  writeFileSync(join(folder, 'conform-nightly.service'), installed);
  writeFileSync(join(folder, 'conform-nightly.timer'), timer);
  execFileSync('systemd-analyze', ['calendar', '*-*-* 02:17:00'], { stdio: 'ignore' });
  const { stderr } = spawnSync('systemd-analyze', ['verify', join(folder, 'conform-nightly.timer')], {
    encoding: 'utf8',
  });
  expect(stderr.split('\n').filter((line) => line.includes('conform-nightly'))).toEqual([]);
});
