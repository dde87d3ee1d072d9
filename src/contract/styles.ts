import type { JsonObject } from '../json.js';
import type { Parameter, ParameterPlace } from './parameter.js';

/** The ways in which a parameter can be written. All but `tabDelimited` are those of OpenAPI; that one is `tsv` of Swagger 2.0. */
export type Style =
  'simple' | 'label' | 'matrix' | 'form' | 'spaceDelimited' | 'pipeDelimited' | 'tabDelimited' | 'deepObject';

const STYLES: ReadonlySet<string> = new Set<Style>([
  'simple',
  'label',
  'matrix',
  'form',
  'spaceDelimited',
  'pipeDelimited',
  'deepObject',
]);

/** The lists of Swagger 2.0 that OpenAPI 3 has no style for in their place: the upgrade keeps them by this name. */
export const COLLECTION_FORMAT = 'x-collectionFormat';

/** What such a list is called among the styles. */
const COLLECTIONS: Readonly<Record<string, Style>> = {
  ssv: 'spaceDelimited',
  tsv: 'tabDelimited',
  pipes: 'pipeDelimited',
};

/** The style of a parameter that names none (OpenAPI 3.0.4, section 4.7.12.2.1). */
export function defaultStyle(place: ParameterPlace): Style {
  return place === 'query' || place === 'cookie' ? 'form' : 'simple';
}

/** Whether a parameter of this style is exploded where its contract does not say (section 4.7.12.2.1). */
export function defaultExplode(style: Style): boolean {
  return style === 'form';
}

/** How a Parameter Object says that its value is written (OpenAPI 3.0.4, section 4.7.12.2.1). */
export function styleOf(
  item: JsonObject,
  place: ParameterPlace,
): Pick<Parameter, 'style' | 'explode' | 'allowReserved'> {
  const style = writtenStyle(item) ?? defaultStyle(place);
  const explode = item['explode'];
  return {
    style,
    explode: typeof explode === 'boolean' ? explode : defaultExplode(style),
    allowReserved: item['allowReserved'] === true,
  };
}

/** The style that an object names, by the word of OpenAPI 3 or of Swagger 2.0. */
export function writtenStyle(item: JsonObject): Style | undefined {
  const collection = item[COLLECTION_FORMAT];
  if (typeof collection === 'string' && Object.hasOwn(COLLECTIONS, collection))
    return COLLECTIONS[collection];
  const style = item['style'];
  return typeof style === 'string' && isStyle(style) ? style : undefined;
}

function isStyle(name: string): name is Style {
  return STYLES.has(name);
}
