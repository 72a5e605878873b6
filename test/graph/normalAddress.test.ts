import { describe, expect, it } from '@jest/globals';
import { normalAddress } from '../../src/graph/normalAddress.js';

describe('the normal form of the address of a Graph', () => {
  it.each([
    ['http://localhost:4100/beta', 'http://127.0.0.1:4100/beta'],
    ['http://[::1]:4100/beta', 'http://127.0.0.1:4100/beta/'],
    ['https://graph.microsoft.com:443/beta', 'https://GRAPH.microsoft.com/Beta'],
    ['https://graph.microsoft.com./beta', 'https://graph.microsoft.com/beta'],
  ])('is one for %s and %s', (one, other) => {
    expect(normalAddress(one)).toBe(normalAddress(other));
  });

  it.each([
    ['http://localhost:4100/beta', 'http://localhost:4101/beta'],
    ['http://localhost/beta', 'https://localhost/beta'],
    ['https://graph.microsoft.com/beta', 'https://graph.microsoft.us/beta'],
    ['https://graph.microsoft.com/beta', 'https://graph.microsoft.com/v1.0'],
  ])('tells %s from %s', (one, other) => {
    expect(normalAddress(one)).not.toBe(normalAddress(other));
  });
});
