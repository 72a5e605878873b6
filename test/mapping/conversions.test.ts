import { describe, expect, it } from '@jest/globals';
import { date, dateTime, enumeration, flags, guid } from '../../src/mapping/conversions.js';

describe('a date-time of Graph', () => {
  it.each([
    ['2024-11-22T17:11:10.6635939+00:00', '2024-11-22T17:11:10.6635939Z'],
    ['2016-12-31T23:56:55.0631898+03:00', '2016-12-31T20:56:55.0631898Z'],
    ['2018-12-22T02:21:05Z', '2018-12-22T02:21:05Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z'],
    ['2020-02-28T23:30:00.1-01:00', '2020-02-29T00:30:00.1Z'],
  ])('%s is answered as %s, every fraction digit kept', (sent, answered) => {
    expect(dateTime(sent)).toBe(answered);
  });
});

describe('a day of Graph', () => {
  it('is the day alone where Graph adds a time', () => {
    expect(date('2025-09-30T00:00:00.000Z')).toBe('2025-09-30');
    expect(date('2025-09-30')).toBe('2025-09-30');
  });
});

describe('F33: flags', () => {
  const assignees = flags('user', 'group', 'device');
  it.each([
    ['user,group', ['USER', 'GROUP']],
    ['user,device,group', ['USER', 'GROUP', 'DEVICE']],
    ['group, user', ['USER', 'GROUP']],
    ['none', []],
    ['', []],
    ['user,unknownFutureValue', ['USER', 'UNKNOWN']],
    ['robot', ['UNKNOWN']],
  ])('%j are a list in a fixed order', (sent, answered) => {
    expect(assignees(sent)).toEqual(answered);
  });
});

describe('F32: an enum', () => {
  const kind = enumeration('free', 'premiumP1', 'lockedOut');
  it.each([
    ['free', 'FREE'],
    ['premiumP1', 'PREMIUM_P1'],
    ['lockedOut', 'LOCKED_OUT'],
    ['String', 'UNKNOWN'],
    ['unknownFutureValue', 'UNKNOWN'],
  ])('%s is %s', (sent, answered) => {
    expect(kind(sent)).toBe(answered);
  });
});

describe('a GUID', () => {
  it('is answered in lower case', () => {
    expect(guid('639DEC6B-BB19-468B-871C-C5C441C4B0CB')).toBe('639dec6b-bb19-468b-871c-c5c441c4b0cb');
  });
});
