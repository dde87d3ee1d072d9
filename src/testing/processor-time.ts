/**
 * The processor time that this process has used, in milliseconds. Unlike the time that passes, it does not grow with what else
 * the machine does.
 */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
