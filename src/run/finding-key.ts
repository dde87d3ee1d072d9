/**
 * The same for a finding in every run: the check, the place without the numbers of list items, and the message
 * without the numbers in it. Which item of a list breaks the contract, and by how much, changes with the data.
 */
export function findingKey(finding: { check: string; pointer?: string; message: string }): string {
  const place = (finding.pointer ?? '').replaceAll(/\/\d+(?=\/|$)/g, '/*');
  const message = finding.message.replaceAll(/\d+/g, '#');
  return [finding.check, place, message].filter((part) => part !== '').join(' · ');
}
