import type { ParameterPlace } from '../../contract/parameter.js';
import type { Style } from '../../contract/styles.js';

/**
 * What the serialisation of a parameter depends on
 * ([OpenAPI 3.0.4, section 4.7.12](https://spec.openapis.org/oas/v3.0.4.html#parameter-object)).
 */
export interface ParameterForm {
  readonly name: string;
  readonly in: ParameterPlace;
  /** Default: that of its place. */
  readonly style?: Style | undefined;
  /** Default: that of its style. */
  readonly explode?: boolean | undefined;
  /** Whether reserved characters of URLs stay as they are; counts in the query only. */
  readonly allowReserved?: boolean | undefined;
  /** The media type of its value, where the contract describes it by `content`. */
  readonly contentType?: string | undefined;
}

/**
 * A parameter as it is in a request: pairs of the query or the cookie, else one text. No text where there is nothing
 * to write, such as an empty list.
 */
export type Written = { ok: true; texts: readonly string[] } | { ok: false; why: string };
