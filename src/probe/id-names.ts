/** How a parameter of a path may be called in answers. */
export interface IdNames {
  /** The members of a thing of its own collection that hold it, in their plain form, the surest first. */
  own: readonly string[];
  /**
   * Whether the `id` of a thing of its own collection is its value: surely where the parameter is called an id or like
   * the things, not at all where it is called by another property of theirs (`{name}`), else perhaps.
   */
  byId: 'surely' | 'perhaps' | 'not';
  /** The members that can mean nothing else wherever they stand (`zone_id`), in their plain form. */
  anywhere: readonly string[];
}

/** `zone_id`, `zoneId` and `ZONE-ID` are the same name. */
export function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[_\-\s]/g, '');
}

/** @param collection the fixed segment before the parameter, or undefined where there is none */
export function idNames(parameter: string, collection: string | undefined): IdNames {
  const own = plainName(parameter);
  const nouns = collection === undefined ? [] : singulars(plainName(collection));
  const rests = nouns.flatMap((noun) =>
    own.startsWith(noun) && own.length > noun.length ? [own.slice(noun.length)] : [],
  );
  const isGeneric = own === 'id' || PROPERTIES.has(own);
  const property = [own, ...rests].find((name) => PROPERTIES.has(name)) ?? suffixOf(parameter);
  const isId = own.endsWith('id') || nouns.includes(own);
  return {
    own: [...new Set([own, ...rests.filter((rest) => rest !== 'id')])],
    byId: property !== undefined ? 'not' : isId ? 'surely' : 'perhaps',
    anywhere: isGeneric
      ? nouns.map((noun) => noun + own)
      : own.endsWith('id') || rests.length > 0
        ? [own]
        : [],
  };
}

/** The words that a plural may be of: `companies` is of `company`, `boxes` of `box`. */
export function singulars(word: string): string[] {
  const found = [word.replace(/ies$/, 'y'), word.replace(/es$/, ''), word.replace(/s$/, ''), word];
  return [...new Set(found.filter((one) => one !== ''))];
}

/** Properties by which things are named besides their ids. An `id` is none of them. */
const PROPERTIES = new Set(
  [
    'name',
    'slug',
    'code',
    'number',
    'key',
    'email',
    'login',
    'sku',
    'title',
    'username',
    'type',
    'status',
  ].concat([
    'version',
    'date',
    'language',
    'locale',
    'format',
    'path',
    'phone',
    'hash',
    'symbol',
    'tag',
    'label',
  ]),
);

/** The last word of `zone_name` and `zoneName`, where it is such a property. */
function suffixOf(parameter: string): string | undefined {
  const last = parameter
    .split(/[_\-\s]|(?<=[a-z0-9])(?=[A-Z])/)
    .at(-1)
    ?.toLowerCase();
  return last !== undefined && PROPERTIES.has(last) ? last : undefined;
}
