import { describe, expect, it } from '@jest/globals';
import { connectionError } from '../../src/graph/http/connectionError.js';
import { wordConnectionFault } from '../../src/network/wordConnectionFault.js';

const faultOf = (code: string, syscall?: string): Error =>
  Object.assign(new Error(`${syscall ?? ''} ${code} 10.0.0.7:443`), { code, ...(syscall && { syscall }) });

describe('a connection that does not come about', () => {
  it.each([
    ['EHOSTUNREACH', 'connect', 'there is no way to its address'],
    ['ETIMEDOUT', 'connect', 'no connection comes about in time'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', undefined, 'its certificate is not trusted'],
    ['CERT_HAS_EXPIRED', undefined, 'its certificate has expired'],
  ])('is one by which nothing has left, so that a change was not made: %s', (code, syscall, words) => {
    const fault = faultOf(code, syscall);
    expect(wordConnectionFault(fault)).toBe(words);
    expect(connectionError(fault, false).outcomeKnown).toBe(true);
  });

  it.each([
    ['EHOSTUNREACH', 'read'],
    ['ETIMEDOUT', 'read'],
    ['ECONNRESET', 'read'],
    ['UND_ERR_SOCKET', undefined],
  ])('is none where a connection was there, over which a change may have left: %s %s', (code, syscall) => {
    const fault = faultOf(code, syscall);
    expect(wordConnectionFault(fault)).toBeUndefined();
    expect(connectionError(fault, false).outcomeKnown).toBe(false);
  });
});
