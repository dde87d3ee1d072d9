import { isObject, type Json, type JsonObject } from '../json.js';
import type { Encoding, Parameter, ParameterPlace, Style } from './contract.js';

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

/** The Encoding Objects of a Media Type Object (OpenAPI 3.0.4, section 4.7.15). */
export function encodingsOf(value: Json | undefined): Record<string, Encoding> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]) => (isObject(item) ? [[name, encodingOf(item)]] : [])),
  );
}

function encodingOf(item: JsonObject): Encoding {
  const { contentType, explode, allowReserved } = item;
  const style = writtenStyle(item);
  return {
    ...(typeof contentType === 'string' ? { contentType } : {}),
    ...(style === undefined ? {} : { style }),
    ...(typeof explode === 'boolean' ? { explode } : {}),
    ...(allowReserved === true ? { allowReserved } : {}),
  };
}

function writtenStyle(item: JsonObject): Style | undefined {
  const collection = item[COLLECTION_FORMAT];
  if (typeof collection === 'string' && Object.hasOwn(COLLECTIONS, collection))
    return COLLECTIONS[collection];
  const style = item['style'];
  return typeof style === 'string' && isStyle(style) ? style : undefined;
}

function isStyle(name: string): name is Style {
  return STYLES.has(name);
}
