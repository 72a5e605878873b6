/** Names by id, as read from the published table. */
export interface ProductTable {
  readonly skus: ReadonlyMap<string, string>;
  readonly servicePlans: ReadonlyMap<string, string>;
}

/** The records of a CSV text (RFC 4180): quoted fields may hold commas, line breaks and doubled quotes. */
function parseCsv(text: string): readonly (readonly string[])[] {
  const records: string[][] = [];
  let record: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
  for (let match = cell.exec(text); match !== null && cell.lastIndex <= text.length; match = cell.exec(text)) {
    record.push((match[1]?.replaceAll('""', '"') ?? match[2] ?? '').trim());
    if (match[3] === ',') continue;
    records.push(record);
    record = [];
    if (match[3] === '' || cell.lastIndex === text.length) break;
  }
  return records;
}

function columnOf(header: readonly string[], name: string): number {
  const index = header.findIndex((each) => each.toLowerCase() === name.toLowerCase());
  if (index === -1) throw new Error(`The table of product names has no column ${name}.`);
  return index;
}

/**
 * Reads Microsoft's CSV "Product names and service plan identifiers for licensing": one row for each service plan of
 * each product. Raises an Error that names the column where one is missing.
 */
export function parseProductTable(text: string): ProductTable {
  const [header = [], ...records] = parseCsv(text.replace(/^\uFEFF/, ''));
  const columns = {
    name: columnOf(header, 'Product_Display_Name'),
    sku: columnOf(header, 'GUID'),
    plan: columnOf(header, 'Service_Plan_Id'),
    planName: columnOf(header, 'Service_Plans_Included_Friendly_Names'),
  };
  const skus = new Map<string, string>();
  const servicePlans = new Map<string, string>();
  for (const record of records) {
    const { [columns.sku]: sku, [columns.name]: name, [columns.plan]: plan, [columns.planName]: planName } = record;
    if (sku && name) skus.set(sku.toLowerCase(), name);
    if (plan && planName) servicePlans.set(plan.toLowerCase(), planName);
  }
  return { skus, servicePlans };
}
