import { describe, expect, it } from '@jest/globals';
import { planChunks, type Chunk, type History } from '../../src/cli/assign/planChunks.js';
import { readAssignees } from '../../src/cli/assign/readAssignees.js';
import { decodeText } from '../../src/csv/decodeText.js';

const anna = '11111111-1111-4111-8111-111111111111';
const bert = '22222222-2222-4222-8222-222222222222';

describe('the CSV with the assignees', () => {
  it.each([
    ['ids alone, without a header', `${anna}\n${bert}`],
    ['a line break at the end', `${anna}\n${bert}\n`],
    ['line breaks of Windows and of old Macs', `${anna}\r\n${bert}\r`],
    ['a byte order mark', `\uFEFFid\n${anna}\n${bert}`],
    ['blank lines and lines of separators alone', `\n\nid,name\n\n${anna},\n,\n${bert},\n\n`],
    ['blanks around values', ` id , name\n  ${anna} ,x\n ${bert},y`],
    ['quotation marks', `"name","id"\n"a ""b"", c","${anna}"\n"line\nbreak", "${bert}" `],
    ['semicolons', `displayName;id\n"a;b";${anna}\nx,y;${bert}`],
    ['tabs', `displayName\tassigneeId\na\t${anna}\nb\t${bert}`],
    ['a header in another case', `ID\n${anna}\n${bert}`],
  ])('may have %s', (_, text) => {
    expect(readAssignees(text)).toMatchObject({ ids: [anna, bert], doubles: 0 });
  });

  it('takes the surest of several columns: object ids before names, which may pass to somebody else', () => {
    const text = `userPrincipalName,id\nanna@contoso.com,${anna}\nbert@contoso.com,${bert}`;
    expect(readAssignees(text).ids).toEqual([anna, bert]);
  });

  it.each(['userId', 'assignedTo.id', 'owner.id', 'user.id', 'users.id'])(
    'takes %s of a file of a job, not the id of its rows',
    (title) => {
      const row = '33333333-3333-4333-8333-333333333333';
      const { ids, column } = readAssignees(`id,code,${title}\n${row},x,${anna}\n${row},y,${bert}`);
      expect([ids, column]).toEqual([[anna, bert], title]);
    },
  );

  it('says which column it took, or that none has a name', () => {
    expect(readAssignees(`Name,Object Id\na,${anna}`).column).toBe('Object Id');
    expect(readAssignees(anna).column).toBeUndefined();
  });

  it('is refused with all rows that cannot be used, and the columns that could be', () => {
    const rows = Array.from({ length: 23 }, (_, index) => `no-${index},n${index}@contoso.com,x`);
    const text = ['id,Login,Name', `${anna},anna@contoso.com,Anna`, ...rows].join('\n');
    const refusal = (): unknown => readAssignees(text);
    expect(refusal).toThrow(/^line 3: "no-0" is neither[^\n]*\nline 4: /);
    expect(refusal).toThrow(/\nline 22: [^\n]*\nand 3 more rows; usable in every row: --column "Login"$/);
    expect(() => readAssignees('Name,Mail\na,a@contoso.com')).toThrow('usable in every row: --column "Mail"');
  });

  it('takes user principal names, those of guests too', () => {
    const guest = "o'neil_fabrikam.com#EXT#@contoso.com";
    expect(readAssignees(`userPrincipalName\n${guest}\nanna@contoso.com`).ids).toEqual([guest, 'anna@contoso.com']);
  });

  it('takes each assignee once, whatever the case, and counts the others', () => {
    expect(readAssignees(`${anna}\n${bert}\n${anna.toUpperCase()}\n${anna}`)).toMatchObject({
      ids: [anna, bert],
      doubles: 2,
    });
  });

  it.each([
    [
      'a value that is not an id',
      `id\n${anna}\n\nBert\n`,
      'line 4: "Bert" is neither an object id nor a user principal name',
    ],
    [
      'a value after a line break in quotation marks',
      `name,id\n"a\nb",${anna}\nc,x`,
      'line 4: "x" is neither an object id',
    ],
    ['a row without the value', `name,id\na,${anna}\nb`, 'line 3: column 2 is empty'],
    ['a mark that is never closed', `id,name\n${anna},"a\n${bert},b\n`, 'line 2: a quotation mark is opened and never'],
    [
      'a mark that swallows a separator',
      `id,name\n${anna}," disk" "x,y`,
      'line 2: a quotation mark leaves it with 3 values where the first row has 2',
    ],
    [
      'a header that names no column',
      `Name,Mail\na,${anna}`,
      'line 1: "Name" is neither an object id nor a user principal name; call the column objectId or userPrincipalName',
    ],
    ['no rows', 'id,name\n\n', 'nobody is in it'],
    ['nothing', '', 'nobody is in it'],
    ['letters that are lost', 'm\uFFFDller@contoso.com', 'line 1: "m\uFFFDller@contoso.com" is neither an object id'],
  ])('is refused for %s, with the line', (_, text, message) => {
    expect(() => readAssignees(text)).toThrow(message);
  });

  it('may be in UTF-16, as some spreadsheets save it', () => {
    const bytes = Buffer.from(`\uFEFFid\n${anna}`, 'utf16le');
    expect(readAssignees(decodeText(bytes)).ids).toEqual([anna]);
    expect(readAssignees(decodeText(bytes.swap16())).ids).toEqual([anna]);
    expect(readAssignees(decodeText(Buffer.from(`id\n${anna}`))).ids).toEqual([anna]);
  });

  it.each([
    [
      'an export of the Microsoft 365 admin centre',
      `Block credential,City,Display name,Licenses,Object Id,User principal name\nFalse,,"Braun, Anna",A+B,${anna},a@contoso.com\nFalse,,Bert,,${bert},b@contoso.com`,
    ],
    [
      "Entra's template for members of a group",
      `version:v1.0\nMember object ID or user principal name [memberObjectIdOrUpn] Required\nExample: 9832aad8-e4fe-496b-a604-95c6eF01ae75\n${anna}\n${bert}`,
    ],
    [
      'the same, saved by a spreadsheet',
      `version:v1.0;;\r\nMember [memberObjectIdOrUpn] Required;;\r\n${anna};;\r\n${bert};;\r\n`,
    ],
    [
      "PowerShell's Export-Csv",
      `#TYPE System.Management.Automation.PSCustomObject\n"Name","ObjectId"\n"a","${anna}"\n"b","${bert}"`,
    ],
    ['a line that tells Excel the separator', `\uFEFFsep=;\r\nName;objectId\r\na,b;${anna}\r\nc;${bert}\r\n`],
    ['a quotation mark inside another value', `Name,id\n5" disk "x",${anna}\nb,${bert}`],
  ])('may be %s', (_, text) => {
    expect(readAssignees(text)).toMatchObject({ ids: [anna, bert], doubles: 0 });
  });

  it("may name people in a column called UPN, or as Entra's templates call it", () => {
    for (const title of ['UPN', 'User principal name', 'User name [userPrincipalName] Required']) {
      expect(readAssignees(`Name,${title}\na,anna@contoso.com`).ids).toEqual(['anna@contoso.com']);
    }
  });

  it('may call the column otherwise, where --column says how', () => {
    const text = `Login,id\nanna@contoso.com,${anna}`;
    expect(readAssignees(text, 'login').ids).toEqual(['anna@contoso.com']);
    expect(() => readAssignees(text, 'Mail')).toThrow('line 1: no column is called "Mail"; there are Login, id');
  });
});

describe('a file that names nobody', () => {
  it('may be a workbook, or in UTF-16 without saying so, and is told to be saved as CSV', () => {
    const workbook = Buffer.from('504b030414000600080000002100', 'hex');
    for (const bytes of [workbook, Buffer.from(`id\r\n${anna}\r\n`, 'utf16le')]) {
      expect(() => readAssignees(decodeText(bytes))).toThrow('is no text: a workbook has to be saved as CSV first');
    }
  });

  it('has no header: the first person is not taken for one, and left out', () => {
    const text = `Anna,anna@contoso.com\nBert,bert@contoso.com`;
    expect(() => readAssignees(text)).toThrow(/name it with --column$/);
    const line = 'line 1: "anna@contoso.com" names somebody and no column: write a header above that line';
    expect(() => readAssignees(text, 'anna@contoso.com')).toThrow(line);
  });
});

describe('the chunks of a run', () => {
  const ids = ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}@contoso.com`);
  const [a = '', b = '', c = '', d = '', e = ''] = ids;
  const nobody: History = new Map();
  const plan = (some: readonly string[], history: History, unanswered?: Chunk) =>
    planChunks(some, 2, history, unanswered).map((chunk) => chunk.ids);

  it('hold the ids in order, each under a key of its own', () => {
    expect(plan(ids, nobody)).toEqual([[a, b], [c, d], [e]]);
    expect(new Set(planChunks(ids, 1, nobody, undefined).map(({ key }) => key)).size).toBe(5);
  });

  it('leave out who is done', () => {
    const history: History = new Map([
      [a, 'CREATED'],
      [b, 'REJECTED'],
      [d, 'UNKNOWN'],
    ]);
    expect(plan(ids, history)).toEqual([
      [b, c],
      [d, e],
    ]);
    expect(plan([a], history)).toEqual([]);
  });

  it('begin with the one that nobody has heard of, as it was, whatever the size and the file are now', () => {
    const unanswered = { ids: [c, a, b], key: 'of the first run' };
    const history: History = new Map([[c, 'CREATED']]);
    expect(planChunks([e, d, ...ids], 2, history, unanswered)[0]).toBe(unanswered);
    expect(plan(ids, history, unanswered)).toEqual([unanswered.ids, [d, e]]);
    expect(plan([a.toUpperCase(), b, c], history, unanswered)).toEqual([unanswered.ids]);
  });

  it('do not hold who has been taken out of the file', () => {
    expect(plan([a, c], nobody, { ids: [a, b], key: 'of the first run' })).toEqual([[a, c]]);
  });
});
