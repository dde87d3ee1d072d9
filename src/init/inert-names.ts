import { inertText } from '../artefact/inert.js';

/** Whether a name can be written to a file as it is: what holds control characters would be another name there. */
export function isInert(name: string): boolean {
  return inertText(name) === name && !/[\r\n]/.test(name);
}
