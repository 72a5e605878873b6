/** A bound operation as the calls that it stands for: what `explain` prints, and what the limit on cost counts. */
import type { BoundOperation } from '../bind/BoundOperation.js';
import { combineObjectReads } from '../odata/combineObjectReads.js';
import { printSingleRead } from '../odata/printSingleRead.js';
import { CallCollector } from './CallCollector.js';
import type { DescribedCall, ObjectsRead } from './DescribedCall.js';
import { rootPlace } from './Place.js';

/** Reads of single directory objects, put together as the loader does. */
function objectCalls(objects: readonly ObjectsRead[]): readonly DescribedCall[] {
  const waves = [...new Set(objects.map((each) => each.wave))];
  return waves.flatMap((wave) => {
    const here = objects.filter((each) => each.wave === wave);
    const { singles, combined } = combineObjectReads(here);
    const name = [...new Set(here.map((each) => each.name))].join(', ');
    const once = {
      wave,
      name,
      count: 1,
      isAssumed: undefined,
      forEach: undefined,
      onlyIf: undefined,
      learned: undefined,
    };
    return [
      ...singles.map((read): DescribedCall => ({
        ...once,
        method: 'GET',
        path: printSingleRead(read),
        objects: 1,
      })),
      ...combined.map((each): DescribedCall => ({
        ...once,
        method: 'POST',
        path: `${each.path} (${each.body.ids.length} ids)`,
        objects: each.body.ids.length,
      })),
    ];
  });
}

/** The calls of a bound operation in the order of their waves, made the documented way. */
export function describeCalls(bound: BoundOperation): readonly DescribedCall[] {
  const collector = new CallCollector(bound);
  collector.collectPlan(bound.compiled.root, rootPlace);
  collector.addEarlyReads();
  return [...collector.calls, ...objectCalls(collector.objects)].sort((a, b) => a.wave - b.wave);
}
