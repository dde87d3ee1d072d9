import type { ParameterPlace } from '../../contract/parameter.js';
import { type Style, defaultExplode, defaultStyle } from '../../contract/styles.js';
import { isArray, isObject, type Json } from '../../json.js';
import { contentText } from './content.js';
import { writeDeepObject } from './deep-object.js';
import { delimitedBy } from './delimited.js';
import { encoderOf, fitsHeader, percentEncoded } from './encode.js';
import { flatten } from './flat.js';
import { writeForm } from './form.js';
import { writeLabel } from './label.js';
import { writeMatrix } from './matrix.js';
import type { ParameterForm, Written } from './parameter.js';
import { writeSimple } from './simple.js';
import type { WriteStyle } from './style.js';

/**
 * Writes the value of a parameter as its style says
 * ([OpenAPI 3.0.4, section 4.7.12.4](https://spec.openapis.org/oas/v3.0.4.html#style-examples)).
 * @returns why it cannot be, where OpenAPI does not say how such a value is written, or the place cannot hold it
 */
export function writeParameter(form: ParameterForm, value: Json): Written {
  const written =
    form.contentType === undefined ? styled(form, value) : asContent(form, form.contentType, value);
  return written.ok ? inPlace(form, written.texts) : written;
}

function styled(form: ParameterForm, value: Json): Written {
  const { in: place, style = defaultStyle(place), explode = defaultExplode(style) } = form;
  const encode = encoderOf(place, form.allowReserved ?? false);
  const flat = flatten(value, encode);
  const nested = `the style “${style}” has no form for lists and objects in one another`;
  if (!flat) return { ok: false, why: nested };
  if (place === 'header' && flat.kind !== 'one' && JSON.stringify(value).includes(',')) {
    const texts = flat.kind === 'list' ? flat.items : flat.members.flat();
    // A header encodes nothing, so nobody would know where one ends.
    if (texts.some((text) => text.includes(',')))
      return { ok: false, why: 'a text with a comma in a list of a header' };
  }
  const texts = writerOf(style, place)?.(flat, { name: encode(form.name), explode });
  if (texts) return { ok: true, texts };
  const kind = isArray(value) ? 'such a list' : isObject(value) ? 'such an object' : 'a single value';
  return { ok: false, why: `the style “${style}” has no form for ${kind}` };
}

/** What writes a style; undefined where the style is none of the place. */
function writerOf(style: Style, place: ParameterPlace): WriteStyle | undefined {
  const isNamed = place === 'query' || place === 'cookie';
  const encode = encoderOf(place, false);
  switch (style) {
    case 'simple':
      return isNamed ? undefined : writeSimple;
    case 'label':
      return place === 'path' ? writeLabel : undefined;
    case 'matrix':
      return place === 'path' ? writeMatrix : undefined;
    case 'form':
      return isNamed ? writeForm : undefined;
    case 'spaceDelimited':
      return delimitedBy(encode(' '), isNamed);
    case 'pipeDelimited':
      return delimitedBy(encode('|'), isNamed);
    case 'tabDelimited':
      return delimitedBy(encode('\t'), isNamed);
    case 'deepObject':
      return place === 'query' ? writeDeepObject : undefined;
  }
}

function asContent(form: ParameterForm, type: string, value: Json): Written {
  const text = contentText(type, value);
  if (text === undefined) return { ok: false, why: `a value of the media type ${type} cannot be made` };
  const encoded = form.in === 'header' ? text : percentEncoded(text);
  const isNamed = form.in === 'query' || form.in === 'cookie';
  return { ok: true, texts: [isNamed ? `${percentEncoded(form.name)}=${encoded}` : encoded] };
}

function inPlace({ in: place }: ParameterForm, texts: readonly string[]): Written {
  if (place === 'path') {
    const [text = ''] = texts;
    // A segment that is empty or names another one makes it another path.
    if (text === '' || text === '.' || text === '..')
      return { ok: false, why: 'it would be no segment of a path' };
  }
  if (place === 'header' && !texts.every(fitsHeader))
    return { ok: false, why: 'a header cannot hold its value' };
  return { ok: true, texts };
}
