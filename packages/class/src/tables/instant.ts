import { longDate } from './long-date.ts';

/** ISO 8601 and what learning platforms make of it: "2026-11-20 23:59:07.123456789 -0800", "… UTC". */
const WRITTEN =
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)[T ](?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,]\d+)?)?\s*(?<offset>Z|UTC|GMT|[+-]\d\d:?\d\d)?$/iu;

/**
 * Milliseconds since 1970 of a written date and time. Without an offset in the text `offset` counts ("+01:00");
 * `null` where there is none either, or where the text is no time. The machine's own time zone plays no part.
 */
export function parseInstant(text: string, offset: string | null): number | null {
  const parts = WRITTEN.exec(text.trim())?.groups ?? longDate(text);
  if (parts === null) return null;
  const { year, month, day, hour, minute, second = '00' } = parts;
  const zone = isoOffset(parts['offset'] ?? offset);
  if (zone === null) return null;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const wall = Date.parse(`${iso}Z`);
  // `Date` rolls the 31st of a short month over into the next; a time that does not exist is no time.
  if (!Number.isFinite(wall) || !isOnCalendar(Number(year), Number(month), Number(day)))
    return null;
  const milliseconds = Date.parse(iso + zone);
  return Number.isFinite(milliseconds) ? milliseconds : null;
}

/** The offset that a text names, as "+01:00" or "Z"; `null` where it names none. */
export function offsetOf(text: string): string | null {
  return isoOffset(WRITTEN.exec(text.trim())?.groups?.['offset'] ?? null);
}

function isoOffset(written: string | null): string | null {
  if (written === null) return null;
  if (/^(?:z|utc|gmt)$/iu.test(written)) return 'Z';
  return written.includes(':') ? written : `${written.slice(0, 3)}:${written.slice(3)}`;
}

function isOnCalendar(year: number, month: number, day: number): boolean {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day >= 1 && day <= days;
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** A written date and time for people, in its own time zone: `20 November 2026, 23:59 (+01:00)`; as it was written where it is none. */
export function readableInstant(text: string): string {
  const parts = WRITTEN.exec(text.trim())?.groups;
  const month = MONTHS[Number(parts?.['month']) - 1];
  if (parts === undefined || month === undefined) return text;
  const offset = offsetOf(text);
  const zone = offset === null ? '' : ` (${offset === 'Z' ? 'UTC' : offset})`;
  return `${Number(parts['day'])} ${month} ${parts['year']}, ${parts['hour']}:${parts['minute']}${zone}`;
}
