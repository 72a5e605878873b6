import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { composeServices as composeByApollo } from '@apollo/composition';
import { composeServices as composeByGuild } from '@theguild/federation-composition';
import { parse } from 'graphql';
import type { SchemaOptions } from '../../../src/schema/typeDefinitions.js';
import { publishedDefinitions } from '../../../src/schema/publishedDefinitions.js';

/** A subgraph as composition sees it. */
export interface Subgraph {
  readonly name: string;
  readonly sdl: string;
  readonly url?: string;
}

/** What one library made of some subgraphs. */
export interface Composed {
  readonly errors: readonly string[];
  /** Code and text of each; The Guild's library gives none. */
  readonly hints: readonly string[];
  /** The supergraph; empty where there are errors. */
  readonly supergraph: string;
}

/** The gateway's own subgraph, as a router gets it. */
export function licensing(url = 'http://licensing.example/graphql', options: SchemaOptions = {}): Subgraph {
  return { name: 'licensing', url, sdl: publishedDefinitions(options) };
}

/** One of the two demonstration subgraphs of `examples/supergraph`. */
export function demonstration(name: 'people' | 'prices', url = `http://${name}.example/`): Subgraph {
  const file = new URL(`../../../examples/supergraph/${name}/${name}.graphql`, import.meta.url);
  return { name, url, sdl: readFileSync(fileURLToPath(file), 'utf8') };
}

function toServices(subgraphs: readonly Subgraph[]) {
  return subgraphs.map(({ name, sdl, url = `http://${name}.example/` }) => ({ name, url, typeDefs: parse(sdl) }));
}

/** Composition by Apollo's library. */
export function composeWithApollo(subgraphs: readonly Subgraph[]): Composed {
  const { errors, hints, supergraphSdl } = composeByApollo(toServices(subgraphs));
  return {
    errors: (errors ?? []).map(({ message }) => message),
    hints: (hints ?? []).map(({ definition, message }) => `${definition.code}: ${message}`),
    supergraph: supergraphSdl ?? '',
  };
}

/** Composition by The Guild's library. */
export function composeWithGuild(subgraphs: readonly Subgraph[]): Composed {
  const { errors, supergraphSdl } = composeByGuild(toServices(subgraphs));
  return { errors: (errors ?? []).map(({ message }) => message), hints: [], supergraph: supergraphSdl ?? '' };
}

/** Both, for tests that hold each of them to the same. */
export const libraries = [
  ['@apollo/composition', composeWithApollo],
  ['@theguild/federation-composition', composeWithGuild],
] as const;
