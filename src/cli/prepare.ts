import { tmpdir } from 'node:os';
import { removeAllStale, removeStale } from '../artefact/drafts.js';
import { learnAddress, learnSecrets } from '../library/known-secrets.js';
import type { Host } from './host.js';

/**
 * What comes before every command: all secrets are known, plugins are loaded, and what a killed process has left in the output folder and
 * among the temporary files is gone.
 * @param options those of the command, as they were given
 */
export async function prepare(options: Readonly<Record<string, unknown>>, host: Host): Promise<void> {
  const { specDir, out, plugin } = options;
  for (const value of Object.values(options))
    if (typeof value === 'string') learnAddress(value, host.secrets);
  await learnSecrets(host, typeof specDir === 'string' ? specDir : undefined);
  if (Array.isArray(plugin)) {
    const { loadPlugins } = await import('../library/plugins.js');
    host.reporters = await loadPlugins(plugin.map(String));
  }
  await removeStale(tmpdir());
  if (typeof out === 'string') await removeAllStale(out);
}
