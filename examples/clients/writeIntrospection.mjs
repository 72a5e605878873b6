import { readFileSync, writeFileSync } from 'node:fs';
import { buildSchema, introspectionFromSchema } from 'graphql';

const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));
writeFileSync('src/schema.json', JSON.stringify(introspectionFromSchema(schema, { descriptions: false })));
