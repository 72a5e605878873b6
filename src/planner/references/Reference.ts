import type { EntityMapping } from '../../mapping/entities.js';
import type { OwnedId } from '../../mapping/ownedId.js';

/** One of our objects as another subgraph names it: a representation that was found to be well-formed. */
export interface Reference {
  readonly type: string;
  readonly mapping: EntityMapping;
  /** The key in its one form: GUIDs in lower case. */
  readonly key: string;
  /** Of objects under an owner: what the key says. */
  readonly owned: OwnedId | undefined;
}
