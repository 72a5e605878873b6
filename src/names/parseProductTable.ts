import { CsvError, type CsvFault, type CsvRecord } from '../csv/CsvTable.js';
import { parseCsv } from '../csv/parseCsv.js';
import { lowerGuid } from '../mapping/lowerGuid.js';

/** Names by id, as read from the published table. */
export interface ProductTable {
  readonly skus: ReadonlyMap<string, string>;
  readonly servicePlans: ReadonlyMap<string, string>;
  /** Rows that cannot be used; all others were. */
  readonly faults: readonly CsvFault[];
}

function columnOf(header: CsvRecord | undefined, name: string): number {
  const index = (header?.cells ?? []).findIndex((each) => each.toLowerCase() === name.toLowerCase());
  if (index === -1) throw new CsvError(`it has no column ${name}`);
  return index;
}

/**
 * The name of each plan that most rows give it. The rows of some products are shifted against their names, and call
 * SharePoint what is Dynamics.
 */
function mostGiven(counts: ReadonlyMap<string, ReadonlyMap<string, number>>): ReadonlyMap<string, string> {
  return new Map(
    [...counts].map(([planId, names]) => {
      const [[name]] = [...names].sort(([, one], [, other]) => other - one) as [[string, number]];
      return [planId, name];
    }),
  );
}

/**
 * Reads Microsoft's CSV "Product names and service plan identifiers for licensing": one row for each service plan of
 * each product. A row that cannot be used is a fault and costs no other row. Raises a CsvError where a column is missing
 * or no row can be used.
 */
export function parseProductTable(text: string): ProductTable {
  const { records, faults } = parseCsv(text);
  const [header, ...rows] = records;
  const columns = {
    name: columnOf(header, 'Product_Display_Name'),
    sku: columnOf(header, 'GUID'),
    plan: columnOf(header, 'Service_Plan_Id'),
    planName: columnOf(header, 'Service_Plans_Included_Friendly_Names'),
  };
  const skus = new Map<string, string>();
  const planNames = new Map<string, Map<string, number>>();
  const unusable: CsvFault[] = [];
  for (const { line, cells } of rows) {
    const {
      [columns.sku]: sku = '',
      [columns.name]: name,
      [columns.plan]: plan = '',
      [columns.planName]: planName,
    } = cells;
    const skuId = lowerGuid(sku);
    if (skuId !== undefined && name) skus.set(skuId, name);
    else
      unusable.push({
        line,
        reason: `${JSON.stringify(sku)} and ${JSON.stringify(name ?? '')} are not the id and name of a product`,
      });
    const planId = lowerGuid(plan);
    if (planId === undefined || !planName) continue;
    const counts = planNames.get(planId) ?? new Map<string, number>();
    planNames.set(planId, counts.set(planName, (counts.get(planName) ?? 0) + 1));
  }
  if (skus.size === 0) throw new CsvError('no row of it names a product');
  return { skus, servicePlans: mostGiven(planNames), faults: [...faults, ...unusable].sort((a, b) => a.line - b.line) };
}
