import { LRUCache } from 'lru-cache';
import type { LimitsConfig } from '../../config/GatewayConfig.js';
import { checkSource } from './checkSource.js';

/** Documents that have passed, counted in characters of their text. */
const rememberedCharacters = 1_000_000;

/** A `checkSource` that looks at each text once, as long as it is remembered. */
export function createSourceChecker(limits: LimitsConfig): (source: string) => void {
  const passed = new LRUCache<string, true>({
    maxSize: rememberedCharacters,
    sizeCalculation: (_value, source) => source.length + 1,
  });
  return (source) => {
    if (passed.get(source) === true) return;
    checkSource(source, limits);
    passed.set(source, true);
  };
}
