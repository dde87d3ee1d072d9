/**
 * Whether a number is a multiple of another by their decimal digits, as they are written in JSON: 19.99 is one of 0.01,
 * though the division of the binary fractions gives 1998.9999999999998 (JSON Schema, validation, section 6.2.1).
 */
export function isMultipleOf(value: number, divisor: number): boolean {
  const [one, other] = [decimalOf(value), decimalOf(divisor)];
  if (!one || !other || other.digits === 0n) return false;
  const exponent = Math.min(one.exponent, other.exponent);
  const scaled = ({ digits, exponent: own }: Decimal) => digits * 10n ** BigInt(own - exponent);
  return scaled(one) % scaled(other) === 0n;
}

/** `digits` × 10 ^ `exponent`. */
interface Decimal {
  digits: bigint;
  exponent: number;
}

function decimalOf(value: number): Decimal | undefined {
  const [, whole, fraction = '', power = '0'] =
    /^(-?\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? [];
  if (whole === undefined) return undefined;
  return { digits: BigInt(whole + fraction), exponent: Number(power) - fraction.length };
}
