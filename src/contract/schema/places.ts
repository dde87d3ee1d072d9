import { isArray, isObject, pointer as pointerOf, pointerSteps, type Json } from '../../json.js';

/** A pointer without the names that are values themselves: `{ "3035550100": … }`. */
export function withoutValues(pointer: string, value: Json, names: ReadonlySet<string>): string {
  let here: Json | undefined = value;
  const steps = pointerSteps(pointer).map((step) => {
    const inArray = isArray(here);
    if (isArray(here)) here = here[Number(step)];
    else here = isObject(here) && Object.hasOwn(here, step) ? here[step] : undefined;
    if (!inArray && !names.has(step)) return '*';
    return step;
  });
  return pointerOf(...steps);
}
