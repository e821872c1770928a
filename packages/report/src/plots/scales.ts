import { formatFixed, formatPercent } from '../format.ts';

/** What an axis goes from and to, and where its ticks are. */
export interface LinearScale {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  /** Decimals that tell neighbouring ticks apart. */
  readonly decimals: number;
}

const STEPS = [1, 2, 5, 10];

/**
 * A domain that holds all values and ends on round ticks (steps of 1, 2 or 5 times a power of ten).
 * `limits` cuts it where values cannot lie outside, as accuracies at 1.
 */
export function niceScale(
  values: readonly number[],
  options: { count?: number; limits?: readonly [number, number]; integer?: boolean } = {},
): LinearScale {
  const { count = 6, limits, integer = false } = options;
  const finite = values.filter((value) => Number.isFinite(value));
  let low = finite.length === 0 ? 0 : finite.reduce((a, b) => Math.min(a, b));
  let high = finite.length === 0 ? 1 : finite.reduce((a, b) => Math.max(a, b));
  if (low === high) {
    const half = integer ? 1 : Math.max(Math.abs(low) * 0.01, 1e-4);
    low -= half;
    high += half;
  }
  const rough = (high - low) / count;
  let exponent = 0;
  while (10 ** exponent > rough) exponent--;
  while (10 ** (exponent + 1) <= rough) exponent++;
  if (integer && exponent < 0) exponent = 0;
  const step = STEPS.find((step) => step * 10 ** exponent >= rough) ?? 10;
  // Ticks are whole multiples of 10^exponent, so that sums of decimals leave no tails.
  const unit = (value: number): number =>
    exponent < 0 ? value / 10 ** -exponent : value * 10 ** exponent;
  const first = Math.floor(low / unit(step) + 1e-9);
  const last = Math.ceil(high / unit(step) - 1e-9);
  let ticks = Array.from({ length: last - first + 1 }, (_, index) => unit((first + index) * step));
  if (limits !== undefined) ticks = ticks.filter((tick) => tick >= limits[0] && tick <= limits[1]);
  let domain: [number, number] = [unit(first * step), unit(last * step)];
  if (limits !== undefined) {
    domain = [Math.max(domain[0], limits[0]), Math.min(domain[1], limits[1])];
  }
  return { domain, ticks, decimals: Math.max(0, -exponent - (step === 10 ? 1 : 0)) };
}

/** A logarithmic axis for shares above zero: it ends on ticks of 1, 2 or 5 times a power of ten. */
export function logScale(values: readonly number[]): LinearScale {
  const ladder = [1e-4, 1e-3, 1e-2, 0.1].flatMap((unit) => [unit, 2 * unit, 5 * unit]).concat(1);
  const positive = values.filter((value) => Number.isFinite(value) && value > 0);
  const low = positive.reduce((a, b) => Math.min(a, b), 1);
  const high = positive.reduce((a, b) => Math.max(a, b), 1e-4);
  const first = ladder.findLast((tick) => tick <= low) ?? 1e-4;
  const last = ladder.find((tick) => tick >= high) ?? 1;
  const ticks = ladder.filter((tick) => tick >= first && tick <= last);
  const decimals = first >= 0.01 ? 2 : first >= 1e-3 ? 3 : 4;
  return { domain: [first, last], ticks, decimals };
}

/** Ticks for epochs 1…n: whole numbers, at most eight, the first and the last among them. */
export function epochTicks(epochs: number): number[] {
  if (epochs <= 8) return Array.from({ length: Math.max(epochs, 1) }, (_, index) => index + 1);
  const step = [2, 5, 10, 20, 50, 100, 200, 500].find((step) => epochs / step <= 6) ?? 1000;
  const ticks = [1];
  for (let tick = step; tick <= epochs; tick += step) if (tick > 1) ticks.push(tick);
  if (epochs - (ticks.at(-1) ?? 0) > step / 2) ticks.push(epochs);
  return ticks;
}

/** A tick of a share as a percentage. */
export function percentTick(value: number, { decimals }: LinearScale): string {
  return formatPercent(value, Math.max(0, decimals - 2));
}

/** A tick with as many decimals as its neighbours. */
export function fixedTick(value: number, { decimals }: LinearScale): string {
  return formatFixed(value, decimals);
}
