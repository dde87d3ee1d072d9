// Values that a schema describes, drawn at random. Knows nothing of the validator that they are drawn for.
import { CannotGenerate, gather } from './gather.js';
import { canonical, pointer } from './json.js';
import { merge, schemasOfMember } from './merge.js';
import { numberFor } from './numbers.js';
import { textFor } from './texts.js';

/** @typedef {import('./gather.js').Schema} Schema */
/** @typedef {import('./gather.js').World} World */
/** @typedef {import('./merge.js').Demands} Demands */
/** @typedef {import('./merge.js').Type} Type */

/**
 * One place of a value, and what is demanded there.
 * @typedef {object} Place
 * @property {string} pointer
 * @property {any} value
 * @property {Demands} demands
 * @property {string | undefined} alternatives the outermost place with alternatives that this one is at or inside of
 * @property {number} nesting in how many alternatives within each other it is
 * @property {boolean} mentionsNull
 * @property {boolean} isDiscriminator whether the value there chooses between alternatives
 */

/** @typedef {{ value: any, places: readonly Place[] }} Generated */

/** @typedef {{ depth: number } & Pick<Place, 'alternatives' | 'nesting'>} Around what is known of the places around */

/** From here on what can be left out is left out. */
const DEEP = 6;
/** What is required within what is required can have no end. */
const DEEPEST = 24;
/** As many places as a value has, unless more are required. */
const MOST_PLACES = 250;
/** After so many attempts at places, a value is given up. */
const MOST_ATTEMPTS = 4000;
/** How often another branch is tried where one cannot be made. */
const BRANCHES = 4;

/**
 * @param {World} world
 * @param {Schema} schema
 * @returns {Generated}
 * @throws {CannotGenerate}
 */
export function generate(world, schema) {
  const { random } = world;
  /** @type {Place[]} */
  const places = [];
  // Some values have every member, some only what is required.
  const presence = random.pick([0, 0.2, 0.5, 0.8, 1]);
  let attempts = 0;

  /**
   * @param {readonly (Schema | boolean)[]} schemas
   * @param {string} here
   * @param {Around & { named?: import('./gather.js').Named | undefined }} around
   * @returns {any}
   */
  const make = (schemas, here, around) => {
    attempts += 1;
    if (attempts > MOST_ATTEMPTS) throw new CannotGenerate('it has no end that was found');
    if (around.depth > DEEPEST) throw new CannotGenerate('what it requires has no end');
    const known = places.length;
    for (let branch = 1; ; branch++) {
      const gathered = gather(world, schemas);
      if (gathered.writeOnly) throw new NeverComes('it is writeOnly');
      try {
        const demands = merge(gathered.parts, world.dialect);
        const inside = {
          alternatives: around.alternatives ?? (gathered.hasAlternatives ? here : undefined),
          nesting: around.nesting + Number(gathered.hasAlternatives),
        };
        const place = {
          ...{ pointer: here, value: undefined, demands, ...inside, mentionsNull: gathered.mentionsNull },
          isDiscriminator: around.named?.chooses === true,
        };
        places.push(place);
        place.value = makeOf(typeFor(demands), demands, here, {
          ...{ depth: around.depth + 1, ...inside, own: around.named, members: gathered.named },
        });
        return place.value;
      } catch (error) {
        places.length = known;
        if (!(error instanceof CannotGenerate) || !gathered.hasAlternatives || branch === BRANCHES)
          throw error;
      }
    }
  };

  /** @param {Demands} demands @returns {Type} */
  const typeFor = ({ types, parts, isTyped }) => {
    const [only] = types;
    if (types.size === 1 && only) return only;
    if (types.has('null') && isTyped && random.next() < 0.15) return 'null';
    const described = DESCRIBES.filter(
      ([type, keyword]) => types.has(type) && parts.some((part) => keyword in part),
    );
    if (described.length > 0) return random.pick(described)[0];
    return random.pick([...types].filter((type) => type !== 'null' || !isTyped));
  };

  /**
   * @param {Type} type
   * @param {Demands} demands
   * @param {string} here
   * @param {Around & { own: import('./gather.js').Named | undefined,
   *   members: ReadonlyMap<string, import('./gather.js').Named> }} around
   * @returns {any}
   */
  const makeOf = (type, demands, here, around) => {
    const { values } = demands;
    const own = around.own?.values.filter((value) => !values || values.includes(value)) ?? [];
    if (own.length > 0 && demands.types.has('string')) return random.pick(own);
    if (values) return random.pick(values);
    switch (type) {
      case 'null':
        return null;
      case 'boolean':
        return random.next() < 0.5;
      case 'string':
        return textFor(demands, random);
      case 'number':
      case 'integer':
        return numberFor(demands, random);
      case 'array':
        return makeArray(demands, here, around);
      case 'object':
        return makeObject(demands, here, around);
    }
  };

  /** @param {Demands} demands @param {string} here @param {Around} around */
  const makeArray = ({ parts, minItems, maxItems, uniqueItems }, here, { depth, alternatives, nesting }) => {
    const around = { depth, alternatives, nesting };
    const isLarge = depth > DEEP || places.length > MOST_PLACES;
    const wanted = Math.min(maxItems, minItems + (isLarge ? 0 : random.pick([0, 1, 1, 2, 3])));
    const items = [];
    const known = new Set();
    for (let tries = 0; items.length < wanted && tries < wanted * 4; tries++) {
      const start = places.length;
      try {
        const item = make(schemasOfItem(parts, items.length), here + pointer(items.length), around);
        if (!uniqueItems || !known.has(canonical(item))) {
          known.add(canonical(item));
          items.push(item);
          continue;
        }
      } catch (error) {
        if (!(error instanceof CannotGenerate) || items.length < minItems) throw error;
      }
      places.length = start;
    }
    if (items.length < minItems) throw new CannotGenerate('so many different items were not found');
    return items;
  };

  /**
   * @param {Demands} demands
   * @param {string} here
   * @param {Around & { members: ReadonlyMap<string, import('./gather.js').Named> }} around
   */
  const makeObject = ({ parts, required, minProperties, maxProperties }, here, around) => {
    const { depth, alternatives, nesting, members } = around;
    /** @type {Map<string, any>} */
    const made = new Map();
    const described = new Set(parts.flatMap(({ properties = {} }) => Object.keys(properties)));
    /** @param {string} name */
    const add = (name) => {
      const schemas = schemasOfMember(parts, name);
      const start = places.length;
      const isNeeded = required.has(name);
      try {
        if (!schemas) throw new CannotGenerate(`a required member is forbidden: ${name}`);
        made.set(
          name,
          make(schemas, here + pointer(name), { depth, alternatives, nesting, named: members.get(name) }),
        );
      } catch (error) {
        if (!(error instanceof CannotGenerate) || (isNeeded && !(error instanceof NeverComes))) throw error;
        places.length = start;
      }
    };
    for (const name of new Set([...required, ...members.keys()]))
      if (required.has(name) || described.has(name)) add(name);
    const isLarge = () => depth > DEEP || places.length > MOST_PLACES;
    for (const name of described) {
      if (made.has(name) || required.has(name) || made.size >= maxProperties) continue;
      if (made.size < minProperties || (!isLarge() && random.next() < presence)) add(name);
    }
    const isMap = described.size === 0 && parts.some(({ additionalProperties }) => additionalProperties);
    const others = isLarge() || random.next() > (isMap ? 0.7 : 0.1) ? 0 : random.pick([1, 2]);
    const isNamed = parts.some((part) => 'propertyNames' in part);
    for (let number = 1; number <= Math.max(others, minProperties - made.size) && !isNamed; number++) {
      if (made.size < maxProperties) add(`other-${number}`);
    }
    if (made.size < minProperties) throw new CannotGenerate('so many members were not found');
    return Object.fromEntries(made);
  };

  const value = make([schema], '', { depth: 0, alternatives: undefined, nesting: 0 });
  return { value, places };
}

/** A member that is `writeOnly` is left out, also where it is required (OpenAPI 3.0.3, section 4.7.24.2). */
class NeverComes extends CannotGenerate {}

/** What a schema without a type is about, by its keywords. @type {readonly (readonly [Type, string])[]} */
const DESCRIBES = [
  ['object', 'properties'],
  ['object', 'required'],
  ['object', 'additionalProperties'],
  ['array', 'items'],
  ['string', 'pattern'],
  ['string', 'minLength'],
  ['string', 'maxLength'],
];

/** @param {readonly Schema[]} parts @param {number} index @returns {(Schema | boolean)[]} */
function schemasOfItem(parts, index) {
  return parts.flatMap(({ items, prefixItems }) => {
    const schema = prefixItems?.[index] ?? (Array.isArray(items) ? items[index] : items);
    return schema === undefined ? [] : [schema];
  });
}
