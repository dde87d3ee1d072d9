import { execFileSync } from 'node:child_process';
import { PACKAGE_ROOT } from '../package.js';

/** Builds the program once, before any test starts it, unless CONFORM_TEST_BUILT says that it has just been built. */
export function setup(): void {
  if (process.env['CONFORM_TEST_BUILT'] === '1') return;
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: PACKAGE_ROOT, stdio: 'inherit' });
}
