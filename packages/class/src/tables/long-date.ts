/** Months by their names in the languages that Moodle is most used in, without accents: English, German, French, … */
const MONTHS: readonly (readonly string[])[] = [
  ['january', 'januar', 'janner', 'janvier', 'enero', 'gennaio', 'januari', 'janeiro'],
  ['february', 'februar', 'fevrier', 'febrero', 'febbraio', 'februari', 'fevereiro'],
  ['march', 'marz', 'mars', 'marzo', 'maart', 'marco'],
  ['april', 'avril', 'abril', 'aprile'],
  ['may', 'mai', 'mayo', 'maggio', 'mei', 'maio'],
  ['june', 'juni', 'juin', 'junio', 'giugno', 'junho'],
  ['july', 'juli', 'juillet', 'julio', 'luglio', 'julho'],
  ['august', 'aout', 'agosto', 'augustus'],
  ['september', 'septembre', 'septiembre', 'settembre', 'setembro'],
  ['october', 'oktober', 'octobre', 'octubre', 'ottobre', 'outubro'],
  ['november', 'novembre', 'noviembre', 'novembro'],
  ['december', 'dezember', 'decembre', 'diciembre', 'dicembre', 'dezembro'],
];
/** The same cut short, as some packs write dates; "mar" may be a day of the week, too. */
const SHORT: readonly (readonly string[])[] = [
  ['jan', 'janv', 'ene', 'gen'],
  ['feb', 'fev', 'fevr'],
  ['mar', 'mrt'],
  ['apr', 'avr', 'abr'],
  ['mag'],
  ['jun', 'giu'],
  ['jul', 'juil', 'lug'],
  ['aug', 'ago'],
  ['sep', 'sept', 'set'],
  ['oct', 'okt', 'ott', 'out'],
  ['nov'],
  ['dec', 'dez', 'dic'],
];
const LONGEST = 80;

/** The parts of a date and time, as digits. */
export type DateParts = Readonly<
  Record<'year' | 'month' | 'day' | 'hour' | 'minute', string> &
    Partial<Record<'second' | 'offset', string>>
>;

/**
 * The parts of a date with the name of its month, as Moodle's tables have it: "Friday, 20 November 2026, 10:10 PM",
 * "vendredi 20 novembre 2026, 22:10". `null` where it does not hold exactly one month, day, year and time.
 */
export function longDate(text: string): DateParts | null {
  const plain = text.slice(0, LONGEST).normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const [time, ...moreTimes] = plain.matchAll(
    /\b(?<hour>\d{1,2}):(?<minute>\d\d)(?:\s*(?<half>[ap])\.?m\b\.?)?/gu,
  );
  const rest = plain.replace(time?.[0] ?? '', ' ');
  const words = rest.split(/[^a-z]+/u);
  const whole = monthsIn(words, MONTHS);
  const short = whole.length > 0 ? [] : monthsIn(words, SHORT);
  const months =
    short.length > 1 && words.includes('mar')
      ? monthsIn(
          words.filter((word) => word !== 'mar'),
          SHORT,
        )
      : [...whole, ...short];
  const numbers = rest.match(/\d+/gu) ?? [];
  const years = numbers.filter((number) => number.length === 4);
  const days = numbers.filter((number) => number.length <= 2);
  const [[month], [year], [day]] = [months, years, days];
  if (time?.groups === undefined || moreTimes.length > 0) return null;
  if (month === undefined || year === undefined || day === undefined) return null;
  if (months.length > 1 || numbers.length > 2) return null;
  const hour = hourOf(Number(time.groups['hour']), time.groups['half']);
  if (hour === null) return null;
  const two = (value: number | string): string => String(value).padStart(2, '0');
  return {
    year,
    month: two(month),
    day: two(day),
    hour: two(hour),
    minute: time.groups['minute'] ?? '',
  };
}

function monthsIn(words: readonly string[], months: readonly (readonly string[])[]): number[] {
  return words.flatMap((word) =>
    months.flatMap((names, index) => (names.includes(word) ? [index + 1] : [])),
  );
}

/** 12 AM is midnight, 12 PM noon. */
function hourOf(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour <= 23 ? hour : null;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half === 'p' ? 12 : 0);
}
