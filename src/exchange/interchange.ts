import { elementsOfEdifact } from './edifact.js';
import { elementsOfHl7 } from './hl7.js';
import { elementsOfX12 } from './x12.js';

/** The elements of a message of X12, HL7 version 2 or UN/EDIFACT that say whether something was accepted: `MSA01: AE`. */
export function elementsOfInterchange(text: string): string[] {
  return [...elementsOfX12(text), ...elementsOfHl7(text), ...elementsOfEdifact(text)];
}
