import type { KeyValueCache } from '@apollo/server';
