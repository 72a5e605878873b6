import { listAt, numberAt, textAt, textsAt, valueAt } from './readAnswer.js';
import type { Look } from './WriteEnvironment.js';

/** Seats and rules of an allotment. */
export interface AllotmentFacts {
  /** Undefined where the directory does not know the product, as with those of third parties. */
  readonly skuId: string | undefined;
  readonly seatsLeft: number;
  /** `user`, `group`, `device`: what it can be assigned to. */
  readonly assignableTo: readonly string[];
  readonly servicePlanIds: readonly string[];
}

/** The service plans of an allotment that was read. */
export function planIds(allotment: unknown): readonly string[] {
  return listAt(allotment, 'services').map((service) => textAt(service, 'planId'));
}

/** Seats and rules of an allotment; undefined where there is none of that id. */
export async function lookAtAllotment(look: Look, id: string): Promise<AllotmentFacts | undefined> {
  const answer = await look(
    'query ($id: ID!) { allotment(id: $id) { skuId allottedUnits consumedUnits assignableTo services { planId } } }',
    { id },
  );
  const allotment = valueAt(answer, 'allotment');
  if (allotment === null) return undefined;
  const skuId = valueAt(allotment, 'skuId');
  return {
    skuId: typeof skuId === 'string' ? skuId : undefined,
    seatsLeft: numberAt(allotment, 'allottedUnits') - numberAt(allotment, 'consumedUnits'),
    assignableTo: textsAt(allotment, 'assignableTo').map((kind) => kind.toLowerCase()),
    servicePlanIds: planIds(allotment),
  };
}

/** How many seats of an allotment are free; undefined where there is none of that id. */
export async function lookAtSeatsLeft(look: Look, id: string): Promise<number | undefined> {
  const answer = await look('query ($id: ID!) { allotment(id: $id) { allottedUnits consumedUnits } }', { id });
  const allotment = valueAt(answer, 'allotment');
  return allotment === null ? undefined : numberAt(allotment, 'allottedUnits') - numberAt(allotment, 'consumedUnits');
}
