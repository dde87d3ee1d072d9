import { planFleet } from '../../fleet/plan.js';
import type { Host } from '../host.js';
import { createIo, type CommonOptions } from '../io.js';
import { printFaults, printPlanned } from '../tables/fleet.js';
import { fleetOf } from './fleet-access.js';

export interface FleetPlanOptions extends CommonOptions {
  night?: string | undefined;
}

/** Says what a night of the fleet would do, and what is wrong in its file. @returns the exit code */
export async function fleetPlan(
  file: string | undefined,
  options: FleetPlanOptions,
  host: Host,
): Promise<number> {
  const io = createIo(options, host);
  const fleet = await fleetOf(file, options, host);
  const night = options.night ?? host.clock.now().toISOString().slice(0, 10);
  const { planned, faults } = await planFleet(fleet, { specDir: options.specDir, night });
  printFaults(faults, io);
  printPlanned(planned, io);
  io.result({
    ...{ fleet: fleet.name, night },
    agencies: planned.map(({ agency: { name, target, consumers }, due, parts }) => ({
      ...{ name, target, consumers, due, parts },
    })),
    faults: faults.map(({ code, message, place, remedy }) => ({ code, message, place, remedy })),
  });
  return faults.length > 0 ? 2 : 0;
}
