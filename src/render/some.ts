/** `GET /a, GET /b, GET /c and 9 more` */
export function someOf(names: readonly string[], most = 3): string {
  const rest = names.length - most;
  // To name one more takes no more room than to count it.
  return rest <= 1 ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${rest} more`;
}
