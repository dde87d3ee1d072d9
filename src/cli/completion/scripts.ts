import { bashScript } from './bash.js';
import { fishScript } from './fish.js';
import type { CommandWords } from './words.js';
import { zshScript } from './zsh.js';

export type Shell = 'bash' | 'zsh' | 'fish';

/** What makes the script of each shell of what can be typed after each command. */
export const SCRIPTS: Record<Shell, (commands: readonly CommandWords[]) => string> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};
