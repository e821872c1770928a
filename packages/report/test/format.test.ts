import { describe, expect, it } from 'vitest';
import {
  decimalsThatSeparate,
  formatCount,
  formatFixed,
  formatPercent,
  formatPlural,
  formatPoints,
  formatSeconds,
  formatValue,
} from '../src/format.ts';

describe('numbers in print', () => {
  it('puts commas between thousands and a true minus sign', () => {
    expect(formatCount(203_530)).toBe('203,530');
    expect(formatCount(1_199_882)).toBe('1,199,882');
    expect(formatCount(999)).toBe('999');
    expect(formatCount(-1234)).toBe('−1,234');
  });

  it('never prints a negative zero', () => {
    expect(formatFixed(-0.00001, 2)).toBe('0.00');
  });

  it('says in words what is no number', () => {
    expect(formatFixed(Number.NaN, 2)).toBe('not a number');
    expect(formatPercent(Number.NaN)).toBe('not a number');
    expect(formatCount(Number.POSITIVE_INFINITY)).toBe('infinite');
  });

  it('resolves one image among ten thousand', () => {
    expect(formatPercent(0.9763)).toBe('97.63\u00a0%');
    expect(formatPercent(0.9764)).toBe('97.64\u00a0%');
  });

  it('keeps the decimals that points need and no more', () => {
    expect(formatPoints(3)).toBe('3');
    expect(formatPoints(10)).toBe('10');
    expect(formatPoints(2.5)).toBe('2.5');
    expect(formatPoints(0.25)).toBe('0.25');
  });

  it('counts in singular and plural', () => {
    expect(formatPlural(1, 'trial')).toBe('1\u00a0trial');
    expect(formatPlural(2, 'trial')).toBe('2\u00a0trials');
  });

  it('turns long times into minutes', () => {
    expect(formatSeconds(5)).toBe('5.00\u00a0s');
    expect(formatSeconds(160)).toBe('2\u00a0min 40\u00a0s');
  });

  it('adds decimals until two values differ in print', () => {
    expect(decimalsThatSeparate(0.9742, 0.974_213, 'accuracy')).toBe(3);
    expect(formatValue(0.974_213, 'accuracy', 3)).toBe('97.421\u00a0%');
    expect(decimalsThatSeparate(0.9742, 0.9742, 'accuracy')).toBe(2);
    expect(decimalsThatSeparate(0.08, 0.3, 'loss')).toBe(4);
    expect(decimalsThatSeparate(0.9755, 97.55 / 100, 'accuracy')).toBe(2);
  });
});
