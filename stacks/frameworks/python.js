// Frameworks of Debian's Python.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fromDebian } from '../../real-hosts/install.js';
import { app, startShop } from '../framework.js';

/**
 * @param {string} name
 * @param {string} file
 * @param {import('../server.js').Facts} facts
 * @param {readonly string[]} packages
 * @returns {import('../framework.js').Framework}
 */
function onPython(name, file, facts, packages) {
  return {
    name,
    language: 'Python',
    facts,
    install: async () => {
      const root = await fromDebian(file, [...packages, 'python3']);
      // The packages are for the Python of the distribution, whatever other one stands first in the path.
      const own = '/usr/bin/python3';
      return (mode, home) =>
        startShop(mode, home, {
          command: existsSync(own) ? own : join(root, own),
          args: [app(`${file}_shop.py`)],
          env: { PYTHONPATH: join(root, 'usr/lib/python3/dist-packages'), PYTHONDONTWRITEBYTECODE: '1' },
        });
    },
  };
}

export const flask = onPython(
  'Flask',
  'flask',
  { wrongMethod: '405', slash: 'unknown', letterCase: 'unknown', absent: 'same', catchesAbsent: true },
  ['python3-flask'],
);

export const django = onPython(
  'Django',
  'django',
  { wrongMethod: '405', slash: 'unknown', letterCase: 'unknown', absent: 'same', catchesAbsent: true },
  ['python3-django'],
);

export const fastapi = onPython(
  'FastAPI',
  'fastapi',
  { wrongMethod: '405', slash: 'redirect', letterCase: 'unknown', absent: 'own', validatesFirst: true },
  ['python3-fastapi', 'python3-uvicorn'],
);

export const falcon = onPython(
  'Falcon',
  'falcon',
  { wrongMethod: '405', slash: 'unknown', letterCase: 'unknown', absent: 'same', guardsPath: true },
  ['python3-falcon', 'python3-waitress'],
);

export const aiohttp = onPython(
  'aiohttp',
  'aiohttp',
  { wrongMethod: '405', slash: 'unknown', letterCase: 'unknown', absent: 'same', catchesAbsent: true },
  ['python3-aiohttp'],
);
