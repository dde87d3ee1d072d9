// Opens pages in a Chromium that is installed: for scripts that look at what we write.
import { existsSync } from 'node:fs';
import process from 'node:process';
import { chromium } from 'playwright-core';

/** @returns {Promise<import('playwright-core').Browser>} @throws Error where there is no Chromium */
export async function openChromium() {
  const path = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
    (candidate) => candidate !== undefined && existsSync(candidate),
  );
  if (path === undefined) throw new Error('there is no Chromium; CHROMIUM_PATH says where it is');
  return chromium.launch({ executablePath: path, args: ['--no-sandbox', '--disable-gpu'] });
}
