import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { builtInNames, readProductNames } from '../../src/names/readProductNames.js';
import { closeServer, listen } from '../support/listen.js';

const header =
  '\uFEFFProduct_Display_Name,String_Id,GUID,Service_Plan_Name,Service_Plan_Id,Service_Plans_Included_Friendly_Names\r\n';

async function namesOf(
  csv: string | Uint8Array,
  onFaults?: (message: string) => void,
): ReturnType<typeof readProductNames> {
  const folder = await mkdtemp(join(tmpdir(), 'names-'));
  try {
    await writeFile(join(folder, 'table.csv'), csv);
    return await readProductNames(join(folder, 'table.csv'), onFaults);
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('names of products and service plans', () => {
  it('are built in for common SKUs, whatever the case of the id', () => {
    expect(builtInNames.sku('06EBC4EE-1BB5-47DD-8120-11324BC54E06')).toBe('Microsoft 365 E5');
    expect(builtInNames.sku('00000000-0000-0000-0000-000000000000')).toBeUndefined();
  });

  it("come from Microsoft's table where one is given, quoted fields included", async () => {
    const names = await namesOf(
      `${header}"Acme, ""Pro""",ACME,11111111-1111-1111-1111-111111111111,PLAN,22222222-2222-2222-2222-222222222222,Acme Plan\r\n`,
    );
    expect(names.sku('11111111-1111-1111-1111-111111111111')).toBe('Acme, "Pro"');
    expect(names.servicePlan('22222222-2222-2222-2222-222222222222')).toBe('Acme Plan');
    expect(names.sku('06ebc4ee-1bb5-47dd-8120-11324bc54e06')).toBe('Microsoft 365 E5');
  });

  it.each([
    ['UTF-8', 'utf8'],
    ['UTF-16, as spreadsheets save it', 'utf16le'],
  ] as const)('are read in %s, from a file and from a URL', async (_, encoding) => {
    const planId = '22222222-2222-2222-2222-222222222222';
    const table = Buffer.from(`${header}Café,CAFE,${planId},PLAN,${planId},Crème\r\n`, encoding);
    const server = createServer((_request, response) => response.end(table));
    const port = await listen(server);
    try {
      for (const names of [await namesOf(table), await readProductNames(`http://127.0.0.1:${port}/table.csv`)]) {
        expect([names.sku(planId), names.servicePlan(planId)]).toEqual(['Café', 'Crème']);
      }
    } finally {
      await closeServer(server);
    }
  });

  it('are those that most rows give, since some of the published rows are shifted against their names', async () => {
    expect(builtInNames.servicePlan('5dbe027f-2339-4123-9542-606e4d348a72')).toBe('SharePoint (Plan 2)');
    const planId = '22222222-2222-2222-2222-222222222222';
    const row = (digit: number, name: string): string =>
      `Product ${digit},P${digit},${String(digit).repeat(8)}-1111-1111-1111-111111111111,PLAN,${planId},${name}`;
    const names = await namesOf(header + [row(1, 'Right'), row(2, 'Right'), row(3, 'Shifted')].join('\r\n'));
    expect(names.servicePlan(planId)).toBe('Right');
  });

  describe('in a table with a row that is written wrongly', () => {
    const id = (index: number): string => `${String(index).padStart(8, '0')}-1111-4111-8111-111111111111`;
    const row = (index: number, name = `"Product, ${index}"`): string =>
      `${name},P${index},${id(index)},PLAN,${id(index)},Plan`;
    const rowsAround = (bad: string): string =>
      [
        ...Array.from({ length: 100 }, (_, index) => row(index)),
        bad,
        ...Array.from({ length: 100 }, (_, index) => row(200 + index)),
      ].join('\r\n');

    it('a quotation mark in the middle of a name is part of it', async () => {
      const names = await namesOf(header + rowsAround(row(150, 'Screen 24" add-on')));
      expect([names.sku(id(99)), names.sku(id(150)), names.sku(id(200)), names.sku(id(299))]).toEqual([
        'Product, 99',
        'Screen 24" add-on',
        'Product, 200',
        'Product, 299',
      ]);
    });

    it.each([
      [row(150, '"Screen 24'), 'line 102: a quotation mark is opened and never closed'],
      ['"Screen 24,S', 'line 102: a quotation mark is opened and never closed'],
      ['Screen,S,no-id,PLAN,no-id,Plan', 'line 102: "no-id" and "Screen" are not the id and name of a product'],
    ])('the row %s is told with its line, and no other is lost', async (bad, reason) => {
      const told: string[] = [];
      const names = await namesOf(header + rowsAround(bad), (message) => told.push(message));
      expect(told).toEqual([
        `SKU_NAMES: 1 row of the table of product names cannot be used, all others are: ${reason}`,
      ]);
      const missing = [...Array(100).keys(), ...Array.from({ length: 100 }, (_, index) => 200 + index)].filter(
        (index) => names.sku(id(index)) !== `Product, ${index}`,
      );
      expect(missing).toEqual([]);
    });
  });

  it('cannot be read from a table without the columns, and the error says which one', async () => {
    await expect(namesOf('a,b\r\n1,2\r\n')).rejects.toThrow(/SKU_NAMES: .*Product_Display_Name/);
  });

  it('cannot be read from a file that is not there, and the error says so in one line', async () => {
    await expect(readProductNames('/nowhere/table.csv')).rejects.toThrow(/^SKU_NAMES: [^\n]*ENOENT[^\n]*$/);
  });
});
