import type { DescribedCall } from './describeCalls.js';
import { estimateCost } from './estimateCost.js';
import type { Units } from './printText.js';

/** Calls as JSON: `{ estimate, calls: [{ wave method path name count units forEach onlyIf learned }] }`. */
export function printJson(described: readonly DescribedCall[], units: Units): string {
  const calls = described.map(({ wave, method, path, name, count, objects, forEach, onlyIf, learned }) => ({
    wave,
    method,
    path,
    name,
    count,
    objects,
    forEach,
    onlyIf,
    learned,
    units: units(method, path) * count,
  }));
  return `${JSON.stringify({ estimate: estimateCost(described), calls }, null, 2)}\n`;
}
