import { longDate } from './long-date.ts';
import { instantIn, isTimeZone, offsetIn } from './time-zone.ts';

/**
 * ISO 8601 and what learning platforms make of it: "2026-11-20 23:59:07.123456789 -0800", "… UTC"; with the name of a time zone as
 * RFC 9557 has it: "2026-11-20T23:59[Europe/Berlin]".
 */
const WRITTEN =
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)[T ](?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,]\d+)?)?\s*(?<offset>Z|UTC|GMT|[+-]\d\d:?\d\d)?(?:\s*\[(?<zone>[A-Za-z][\w+/-]{1,40})\])?$/iu;

const MINUTE_MS = 60_000;

/**
 * Milliseconds since 1970 of a written date and time. Without an offset or a zone in the text `clock` counts, an offset ("+01:00")
 * or a time zone ("Europe/Berlin"); `null` where there is none either, where the text is no time, or where its offset is not that of
 * its zone. The machine's own time zone plays no part.
 */
export function parseInstant(text: string, clock: string | null): number | null {
  const parts = WRITTEN.exec(text.trim())?.groups ?? longDate(text);
  if (parts === null) return null;
  const { year, month, day, hour, minute, second = '00' } = parts;
  const wall = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  // `Date` rolls the 31st of a short month over into the next; a time that does not exist is no time.
  if (!Number.isFinite(wall) || !isOnCalendar(Number(year), Number(month), Number(day)))
    return null;
  const written = parts['offset'];
  const zone = 'zone' in parts ? (parts['zone'] ?? null) : null;
  if (zone !== null && !isTimeZone(zone)) return null;
  if (written === undefined) {
    const place = zone ?? clock;
    if (place === null) return null;
    if (isTimeZone(place)) return instantIn(place, wall);
    return wall - minutesEast(isoOffset(place)) * MINUTE_MS;
  }
  const minutes = minutesEast(isoOffset(written));
  const instant = wall - minutes * MINUTE_MS;
  return zone === null || offsetIn(zone, instant) === minutes ? instant : null;
}

/** What tells how the clocks of a written time go: its time zone, else its offset as "+01:00" or "Z"; `null` where it names none. */
export function clockOf(text: string): string | null {
  return zoneOf(text) ?? offsetOf(text);
}

/** The time zone that a text names. */
export function zoneOf(text: string): string | null {
  const zone = WRITTEN.exec(text.trim())?.groups?.['zone'];
  return zone !== undefined && isTimeZone(zone) ? zone : null;
}

/** The offset that a text names, as "+01:00" or "Z"; `null` where it names none. */
export function offsetOf(text: string): string | null {
  const written = WRITTEN.exec(text.trim())?.groups?.['offset'];
  return written === undefined ? null : isoOffset(written);
}

/** Minutes east of Greenwich of an offset. */
export function minutesEast(offset: string): number {
  const [, sign, hours = '', minutes = ''] = /^([+-])(\d\d):(\d\d)$/u.exec(offset) ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

function isoOffset(written: string): string {
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

/**
 * A written date and time for people: `20 November 2026, 23:59 (+01:00)`, in its own time zone, or in `zone` where one is known
 * (`20 November 2026, 23:59 (Europe/Berlin)`); as it was written where it is none.
 */
export function readableInstant(text: string, zone: string | null = null): string {
  const parts = WRITTEN.exec(text.trim())?.groups;
  const instant = zone === null ? null : parseInstant(text, zone);
  if (zone !== null && instant !== null) {
    const wall = new Date(instant + offsetIn(zone, instant) * MINUTE_MS).toISOString();
    return `${readableParts(wall)} (${zone})`;
  }
  if (parts === undefined || MONTHS[Number(parts['month']) - 1] === undefined) return text;
  const offset = offsetOf(text);
  return `${readableParts(text.trim())}${offset === null ? '' : ` (${offset === 'Z' ? 'UTC' : offset})`}`;
}

/** The date and the hour and minute with which an ISO time begins. */
function readableParts(iso: string): string {
  return `${Number(iso.slice(8, 10))} ${MONTHS[Number(iso.slice(5, 7)) - 1]} ${iso.slice(0, 4)}, ${iso.slice(11, 16)}`;
}
