import { describe, expect, it } from 'vitest';
import { typedNumber } from '../src/text/typed-number.ts';

describe('a number that somebody typed', () => {
  it.each([
    ['0.5', 0.5],
    ['0,5', 0.5],
    [' 1,25 ', 1.25],
    ['1.', 1],
    [',5', 0.5],
    ['.5', 0.5],
    ['-2,5', -2.5],
    ['100', 100],
    ['0,125', 0.125],
    ['1234,5', 1234.5],
    ['1.125', 1.125],
    ['2.5e-3', 0.0025],
    ['1,234', null],
    ['12,000', null],
    ['1,234.5', null],
    ['1.234,5', null],
    ['1 234', null],
    ['1.2.3', null],
    ['', null],
    ['.', null],
    ['1/2', null],
    ['2 points', null],
    ['Infinity', null],
    ['1e999', null],
    ['0x10', null],
  ])('"%s" is %s', (text, value) => {
    expect(typedNumber(text)).toBe(value);
  });

  it('may have three decimals behind a comma where no thousands can be meant', () => {
    expect(typedNumber('1,333', 'small')).toBe(1.333);
    expect(typedNumber('1,333,000', 'small')).toBeNull();
    expect(typedNumber('1,333.5', 'small')).toBeNull();
  });
});
