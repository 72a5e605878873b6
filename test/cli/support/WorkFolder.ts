import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for the files of one test. */
export class WorkFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'assign-'));

  write(name: string, text: string): string {
    const path = this.of(name);
    writeFileSync(path, text);
    return path;
  }

  of(name: string): string {
    return join(this.path, name);
  }

  read(name: string): string {
    return readFileSync(this.of(name), 'utf8');
  }

  /** Rows of a result file, without its header: assignee, outcome, code. */
  rows(name: string): readonly (readonly string[])[] {
    const [header, ...rows] = this.read(name).trimEnd().split('\n');
    if (header !== 'assigneeId,outcome,code,message') throw new Error(`unexpected header ${header ?? ''}`);
    return rows.map((row) => row.split(',').slice(0, 3));
  }

  names(): readonly string[] {
    return readdirSync(this.path).toSorted();
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}
