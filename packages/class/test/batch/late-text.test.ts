import { describe, expect, it } from 'vitest';
import { LatePolicySchema } from '../../src/lateness/late-policy.ts';
import { latePolicyIn, latePolicyText } from '../../src/lateness/late-text.ts';
import { parseInstant } from '../../src/tables/instant.ts';

const DUE = '2026-11-20T23:59+01:00';

describe('a policy for late hand-ins as a line', () => {
  it.each([
    [`${DUE}, 5 % a day`, { unit: 'percent', amount: 5, of: 'max' }, 'day', null, 0],
    [
      `${DUE} 5% of earned per hour, at most 3`,
      { unit: 'percent', amount: 5, of: 'earned' },
      'hour',
      3,
      0,
    ],
    [`${DUE}, 2 points once`, { unit: 'points', amount: 2 }, 'once', null, 0],
    [
      `${DUE}, 0,5 points each day, at most 4 days, grace 10 minutes`,
      { unit: 'points', amount: 0.5 },
      'day',
      4,
      10,
    ],
    [`${DUE}, 10 percent`, { unit: 'percent', amount: 10, of: 'max' }, 'day', null, 0],
  ])('is read from "%s"', (text, deduct, per, mostPeriods, graceMinutes) => {
    const policy = { due: DUE, deduct, per, mostPeriods, graceMinutes };
    expect(latePolicyIn(text)).toEqual(policy);
    expect(latePolicyIn(latePolicyText(LatePolicySchema.parse(policy)))).toEqual(policy);
  });

  it.each([
    '2026-11-20T23:59 Europe/Berlin, 5 % a day',
    '2026-11-20T23:59[Europe/Berlin] 5 % a day',
  ])('names a time zone in "%s"', (text) => {
    const due = '2026-11-20T23:59[Europe/Berlin]';
    expect(latePolicyIn(text)).toMatchObject({ due });
    const line = latePolicyText(LatePolicySchema.parse(latePolicyIn(text)));
    expect(line).toBe(`${due}, 5 % a day`);
    expect(latePolicyIn(line)?.due).toBe(due);
  });

  it.each([
    'late.json',
    '2026-11-20T23:59 Europe/Atlantis, 5 % a day',
    '2026-11-20T23:59+02:00 Europe/Berlin, 5 % a day',
    '5 % a day',
    '2026-11-20T23:59, 5 % a day',
    `${DUE}, 500 % a day`,
    `${DUE}, 5 % a week`,
    `${DUE}, 5 % a day and a half`,
    `${DUE}, five % a day`,
  ])('is not guessed from "%s"', (text) => {
    expect(latePolicyIn(text)).toBeNull();
  });
});

describe('a date with the name of its month', () => {
  const at = (text: string): string | null => {
    const found = parseInstant(text, '+01:00');
    return found === null ? null : new Date(found).toISOString();
  };
  it.each([
    ['Friday, 20 November 2026, 10:10 PM', '2026-11-20T21:10:00.000Z'],
    ['Friday, 20 November 2026, 12:05 AM', '2026-11-19T23:05:00.000Z'],
    ['20 November 2026, 12:05 PM', '2026-11-20T11:05:00.000Z'],
    ['November 20, 2026, 9:30 a.m.', '2026-11-20T08:30:00.000Z'],
    ['Freitag, 20. November 2026, 22:10', '2026-11-20T21:10:00.000Z'],
    ['Sonntag, 1. März 2026, 8:00', '2026-03-01T07:00:00.000Z'],
    ['vendredi 20 novembre 2026, 22:10', '2026-11-20T21:10:00.000Z'],
    ['viernes, 20 de noviembre de 2026, 22:10', '2026-11-20T21:10:00.000Z'],
    ['vrijdag, 20 november 2026, 22:10', '2026-11-20T21:10:00.000Z'],
    ['venerdì, 20 novembre 2026, 22:10', '2026-11-20T21:10:00.000Z'],
    ['sexta-feira, 20 de novembro de 2026, 22:10', '2026-11-20T21:10:00.000Z'],
  ])('is read: %s', (text, iso) => {
    expect(at(text)).toBe(iso);
  });

  it.each([
    '31 November 2026, 10:10',
    '20 Novembre, 10:10',
    '20 11 2026, 10:10',
    '20 November 2026',
    '20 November 2026, 13:10 PM',
    '20 November 2026, 25:10',
    '20 November or December 2026, 10:10',
    '20 or 21 November 2026, 10:10',
    'see me on Friday, 20 November 2026 at 10:10 or 11:10',
  ])('is not guessed: %s', (text) => {
    expect(at(text)).toBeNull();
  });
});
