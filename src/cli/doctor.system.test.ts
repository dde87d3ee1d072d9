import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { systemClock } from '../clock.js';
import { throwAwayCertificate } from '../replica/certificate.js';
import { standingClock } from '../testing/clock.js';
import { temporaryFolder } from '../testing/conform.js';
import { doctor, ENV, LIST, shopSpec } from '../testing/doctor.js';
import { conformProcess } from '../testing/process.js';

test('a name that does not resolve: nothing could be tried', async () => {
  await using folder = await temporaryFolder();
  const { code, of } = await doctor(await shopSpec(folder.path, 'https://api.shop.invalid'));
  expect(code).toBe(3);
  expect(of('dns')).toEqual(['error']);
  expect(of('connection')).toEqual(['not tried']);
});

test('a certificate that nobody signed, and one that has run out', async () => {
  await using folder = await temporaryFolder();
  const server = createServer(await throwAwayCertificate(), (request, response) => {
    LIST(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const spec = await shopSpec(folder.path, `https://localhost:${port}`);
    // The clock of the tests may be behind that of openssl.
    const now = await doctor(spec, { env: ENV, clock: systemClock });
    expect(now.checks.find(({ name }) => name === 'connection')?.found).toMatch(/not accepted \(DEPTH_ZERO/);
    expect([now.code, now.of('token')]).toEqual([1, ['not tried']]);
    const clock = standingClock(new Date('2099-01-01T00:00:00Z'));
    const later = await doctor(spec, { env: ENV, clock });
    expect(later.checks.find(({ name }) => name === 'connection')?.found).toMatch(/expired on/);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test('as a process: offline on the folder that comes with the package, and on a server of its own', async () => {
  await using folder = await temporaryFolder();
  const offline = await conformProcess(['doctor', '--offline'], { cwd: folder.path });
  expect([offline.code, offline.err]).toEqual([0, '']);
  expect(offline.out).toMatch(/production\n.*requests: conform check would ask 63/);
  const own = await conformProcess(['doctor', '--target', 'replica'], { cwd: folder.path });
  expect(own.code).toBe(0);
  expect(own.out).toContain('replica: at most 36 requests');
  expect(own.out).toMatch(/0 errors, 0 warnings/);
});
