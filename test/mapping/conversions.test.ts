import { describe, expect, it } from '@jest/globals';
import { boolean, date, dateTime, enumeration, flags, guid, integer, text } from '../../src/mapping/conversions.js';

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

  it.each([
    '2024-11-22T17:11:10',
    '2024-02-30T00:00:00Z',
    // ISO 8601 has this hour, RFC 3339 has not.
    '2024-11-22T24:00:00Z',
    '2024-11-22T24:00:00+01:00',
    '2024-11-22T17:60:00Z',
    // Beyond the years of RFC 3339 once they are in UTC.
    '9999-12-31T23:59:59-01:00',
    '0000-01-01T00:00:00+01:00',
    '22 Nov 2024',
    1732295470,
    '',
    {},
    true,
  ])('%j is none, and an error of its field', (sent) => {
    expect(() => dateTime(sent)).toThrow();
  });
});

describe('a value of another type, or in another form', () => {
  it.each<[string, (value: unknown) => unknown, readonly unknown[]]>([
    ['GUID', guid, ['639dec6b', '{639dec6b-bb19-468b-871c-c5c441c4b0cb}', 42, '', {}]],
    ['32-bit integer', integer, ['5', 1.5, 2 ** 31, -(2 ** 31) - 1, true, '', {}]],
    ['boolean', boolean, ['true', 1, 0, '', {}]],
    ['member of an enum', enumeration('free'), [1, true, {}, []]],
    ['list of flags', flags('user'), [1, true, {}, ['user']]],
    ['day', date, ['2025-02-29', '2025-9-3', '30.09.2025', 20250930, '', {}]],
    // A larger whole number has lost digits before it comes here.
    ['text', text, [{}, [], 2 ** 53, 1e21]],
  ])('is no %s, and an error of its field', (_, convert, values) => {
    for (const value of values) expect(() => convert(value)).toThrow();
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
