/** Whether a status is the wanted one; `4xx` and `5xx` stand for all of their kind (RFC 9110, section 15). */
export function isStatus(status: number | null, wanted: number | string): boolean {
  if (typeof wanted === 'number') return status === wanted;
  return status !== null && String(status).startsWith(wanted.charAt(0));
}
