/** Texts of the formats that JSON Schema and OpenAPI know; another turn gives another text. */
export function textOfFormat(format: string, turn: number): string | undefined {
  return Object.hasOwn(FORMATS, format) ? FORMATS[format]?.(turn) : undefined;
}

const day = (turn: number) => `2024-01-${String(1 + (turn % 28)).padStart(2, '0')}`;
const clock = (turn: number) => `10:00:${String(turn % 60).padStart(2, '0')}`;
const address = (turn: number) => `https://shop.example/${turn}`;

const FORMATS: Readonly<Record<string, (turn: number) => string>> = {
  date: day,
  'date-time': (turn) => `${day(turn)}T${clock(turn)}Z`,
  'iso-date-time': (turn) => `${day(turn)}T${clock(turn)}Z`,
  time: (turn) => `${clock(turn)}Z`,
  'iso-time': clock,
  duration: (turn) => `P${1 + turn}D`,
  email: (turn) => `person-${turn}@shop.example`,
  'idn-email': (turn) => `person-${turn}@shop.example`,
  hostname: (turn) => `host-${turn}.shop.example`,
  'idn-hostname': (turn) => `host-${turn}.shop.example`,
  ipv4: (turn) => `192.0.2.${1 + (turn % 250)}`,
  ipv6: (turn) => `2001:db8::${(turn % 65_536).toString(16)}`,
  uri: address,
  iri: address,
  url: address,
  'uri-reference': (turn) => `/${turn}`,
  'iri-reference': (turn) => `/${turn}`,
  'uri-template': (turn) => `${address(turn)}/{id}`,
  uuid: (turn) => `00000000-0000-4000-8000-${turn.toString(16).padStart(12, '0')}`,
  byte: (turn) => Buffer.from(`conform${turn}`).toString('base64'),
  'json-pointer': (turn) => `/${turn}`,
  'json-pointer-uri-fragment': (turn) => `#/${turn}`,
  'relative-json-pointer': String,
  regex: (turn) => `^${turn}$`,
};
