/**
 * One text for all ways in which the address of a host can be written: letter case, the usual ports, a dot at the end,
 * user names and paths do not tell hosts apart, and neither do the names of this machine.
 * @param address a URL; the parser of the platform has brought numbers (`0x7f.1`) to their usual form
 */
export function hostKey(address: string): string {
  const { hostname, port } = new URL(address);
  const name = hostname.toLowerCase().replace(/\.$/, '');
  const local =
    /^(localhost|.+\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\]|\[::ffff:7f[0-9a-f]{2}:[0-9a-f]+\])$/.test(
      name,
    );
  // The same host answers at both of the usual ports, and mostly sends from the one to the other.
  const isUsual = ['', '80', '443'].includes(port);
  return `${local ? 'localhost' : name}:${isUsual ? 'usual' : port}`;
}

/** Whether two addresses are of one host, however they are written. */
export function isSameHost(one: string, other: string): boolean {
  return hostKey(one) === hostKey(other);
}
