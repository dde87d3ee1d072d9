/** Whether a status says that the server itself failed; what a gateway says of a crowd, or of a server that is away, does not. */
export function isServerFault(status: number | null): boolean {
  return status !== null && status >= 500 && !OF_GATEWAYS.has(status);
}

const OF_GATEWAYS: ReadonlySet<number> = new Set([502, 503, 504]);
