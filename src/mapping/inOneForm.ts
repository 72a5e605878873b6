import { lowerGuid } from './lowerGuid.js';

/** An id as answers write it: what a payload names has to be what queries name, for caches. */
export function inOneForm(id: string): string {
  return lowerGuid(id) ?? id;
}
