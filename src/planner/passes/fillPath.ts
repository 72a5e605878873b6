import { printIdSegment, printString } from '../odata/printOData.js';

/** `/users/{id}` with the arguments in place, each escaped; `'{period}'` is a string literal of OData. */
export function fillPath(path: string, args: Readonly<Record<string, unknown>>): string {
  return path.replace(/'\{(\w+)\}'|\{(\w+)\}/g, (_, literal: string | undefined, segment: string | undefined) => {
    const value = args[literal ?? segment ?? ''];
    const text = typeof value === 'string' ? value : '';
    return literal === undefined ? printIdSegment(text) : printString(text);
  });
}
