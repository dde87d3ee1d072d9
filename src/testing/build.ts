import { execFileSync } from 'node:child_process';
import { PACKAGE_ROOT } from '../package.js';

/** Builds the program once, before any test starts it. */
export function setup(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: PACKAGE_ROOT, stdio: 'inherit' });
}
