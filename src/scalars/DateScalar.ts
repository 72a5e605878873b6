import { isCalendarDay } from '../mapping/conversions.js';
import { textScalar } from './textScalar.js';

const form = /^\d{4}-\d{2}-\d{2}$/;

/** RFC 3339 full-date. */
export const DateScalar = textScalar(
  'Date',
  'a day such as 2025-09-30',
  (text) => form.test(text) && isCalendarDay(text) && !Number.isNaN(Date.parse(text)),
);
