import { describe, expect, it } from '@jest/globals';
import { parseCsv } from '../../src/csv/parseCsv.js';
import { printCsvRow } from '../../src/csv/printCsvRow.js';
import { timesAsLong } from '../support/timesAsLong.js';

const cellsOf = (text: string): readonly (readonly string[])[] => parseCsv(text).records.map(({ cells }) => cells);

describe('a CSV text', () => {
  it('is records of values with the lines on which they begin', () => {
    expect(parseCsv('a,b\r\n"1\r\n""x""",2\r\n\r\n3, "4" \r\n')).toEqual({
      records: [
        { line: 1, cells: ['a', 'b'] },
        { line: 2, cells: ['1\r\n"x"', '2'] },
        { line: 5, cells: ['3', '4'] },
      ],
      faults: [],
    });
  });

  it.each([
    ['a comma', 'a,b\n1,2'],
    ['a semicolon, also where values hold commas', '"a";b\n1;2'],
    ['a tab', 'a\tb\n1\t2'],
    ['what sep= says', 'sep=|\na|b\n1|2'],
    ['the commonest of several signs', 'a;b\n1;2'],
  ])('is separated by %s', (_, text) => {
    expect(cellsOf(text)).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  it('counts lines above the header too', () => {
    expect(parseCsv('\uFEFF#TYPE System.Object\r\nsep=;\r\na;b').records).toEqual([{ line: 3, cells: ['a', 'b'] }]);
  });

  it('may hold quotation marks inside values that do not begin with one', () => {
    expect(parseCsv('a,b\n24" screen,"x, y"\n5" disk "big",z')).toEqual({
      records: [
        { line: 1, cells: ['a', 'b'] },
        { line: 2, cells: ['24" screen', 'x, y'] },
        { line: 3, cells: ['5" disk "big"', 'z'] },
      ],
      faults: [],
    });
  });

  it.each([
    ['a mark that is never closed', 'a,b\n1,2\n"x,y\n3,4', 'a quotation mark is opened and never closed'],
    ['one before a value in marks', 'a,b\n1,2\n"x,y\n3,4\n"5",6', 'a quotation mark is opened and never closed'],
    ['a mark that hides a separator', 'a,b\n1,2\n"x" y,"z,w\n3,4', 'a quotation mark is opened and never closed'],
  ])('loses one line by %s, and tells which', (_, text, reason) => {
    const { records, faults } = parseCsv(text);
    expect(faults).toEqual([{ line: 3, reason }]);
    expect(records.map(({ line }) => line).slice(0, 3)).toEqual([1, 2, 4]);
  });

  it('takes no lines for a value because a mark further down happens to close one', () => {
    const { records, faults } = parseCsv('a,b\n1,2\n"x,y\n3,4\nfoo"\n5,6');
    expect(records.map(({ line }) => line)).toEqual([1, 2, 4, 6]);
    expect(faults.map(({ line }) => line)).toEqual([3, 5]);
  });

  it.each([
    ['whole', 500, (index: number) => `"name ""${index}""",user${index}@contoso.com`],
    ['with marks inside values', 25, (index: number) => `screen ${index}" wide,user${index}@contoso.com`],
  ])('is read in time that grows with its length alone: %s', async (_, count, lineOf) => {
    const textOf = (length: number): string => Array.from({ length }, (__, index) => lineOf(index)).join('\n');
    const [long, short] = [textOf(32 * count), textOf(count)];
    expect(parseCsv(long)).toMatchObject({ records: { length: 32 * count }, faults: [] });
    // Were the whole text gone through for each line, it would take 1,024 times as long.
    const growth = await timesAsLong(
      () => parseCsv(long),
      () => parseCsv(short),
      3,
    );
    expect(growth).toBeLessThan(150);
  });
});

describe('a record that is printed', () => {
  it.each([
    [['a', 1, true, ''], 'a,1,true,'],
    [['a,b', 'say "x"', 'two\nlines', ' c '], '"a,b","say ""x""","two\nlines", c '],
    [['a; b'], 'a; b'],
  ])('%j is %j', (values, line) => {
    expect(printCsvRow(values)).toBe(line);
  });

  it('runs no formula in a spreadsheet, and leaves numbers alone', () => {
    expect(printCsvRow(['=1+1', '+1', '-1', '@x', '\t=1', '＝1', -1, 'a=1'])).toBe(
      "'=1+1,'+1,'-1,'@x,'\t=1,'＝1,-1,a=1",
    );
  });

  it('is read again as it was', () => {
    const values = ['a,b', 'say "x"', 'two\r\nlines', 'c'];
    expect(cellsOf(`${printCsvRow(values)}\r\n`)).toEqual([values]);
  });
});
