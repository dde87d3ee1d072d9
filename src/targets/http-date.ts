/**
 * The time of a header such as Date or Sunset in milliseconds (RFC 9110, section 5.6.7); undefined where there is none, or
 * it is none.
 */
export function httpDateOf(text: string | undefined): number | undefined {
  // Other forms that the platform reads as well have no time zone, or another one in each country.
  if (text === undefined || !/^[A-Z][a-z]{2,8}, .* GMT$/.test(text.trim())) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}
