import { isCalendarDay } from '../mapping/conversions.js';
import { textScalar } from './textScalar.js';

const form = /^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/** RFC 3339 with as many fraction digits as Graph sends (seven). */
export const DateTime = textScalar(
  'DateTime',
  'a date-time such as 2024-11-22T17:11:10Z',
  (text) => form.test(text) && isCalendarDay(text) && !Number.isNaN(Date.parse(text)),
);
