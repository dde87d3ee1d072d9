/**
 * One text for all ways in which the address of a host can be written: letter case, the default port, a dot at the end,
 * user names and paths do not tell hosts apart, and neither do the names of this machine.
 * @param address a URL; the parser of the platform has brought numbers (`0x7f.1`) to their usual form
 */
export function hostKey(address: string): string {
  const { hostname, port, protocol } = new URL(address);
  const name = hostname.toLowerCase().replace(/\.$/, '');
  const local =
    /^(localhost|.+\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\]|\[::ffff:7f[0-9a-f]{2}:[0-9a-f]+\])$/.test(
      name,
    );
  const usual = protocol === 'https:' ? '443' : '80';
  return `${local ? 'localhost' : name}:${port === '' ? usual : port}`;
}

/** Whether two addresses are of one host, however they are written. */
export function isSameHost(one: string, other: string): boolean {
  return hostKey(one) === hostKey(other);
}
