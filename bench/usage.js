// Imported before the program (`--import`): writes what it has taken to the file that CONFORM_USAGE names when it ends.
import { writeFileSync } from 'node:fs';
import process from 'node:process';

const file = process.env['CONFORM_USAGE'];
process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  if (file !== undefined)
    writeFileSync(file, JSON.stringify({ mb: maxRSS / 1024, seconds: (userCPUTime + systemCPUTime) / 1e6 }));
});
