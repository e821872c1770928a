import { InvalidArgumentError } from 'commander';

const SPAN = /^(?:(?<hours>\d{1,5})h)?(?:(?<minutes>\d{1,6})m(?:in)?)?(?:(?<seconds>\d{1,8})s)?$/u;

/** An option parser for spans of time, `6h`, `90m` or `1h30m`, in seconds. A bare number has no unit and is none. */
export function timeSpan(text: string): number {
  const { hours, minutes, seconds } = SPAN.exec(text)?.groups ?? {};
  const span = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
  if (span === 0) {
    throw new InvalidArgumentError('it takes a span of time with its unit: 6h, 90m, 1h30m, 45s.');
  }
  return span;
}
