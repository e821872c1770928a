import { typedNumber } from '@labproof/submission';
import { parseInstant } from '../tables/instant.ts';
import { formatDecimal } from '@labproof/submission';
import { type LatePolicy, LatePolicySchema } from './late-policy.ts';

/** `2026-11-20T23:59+01:00, 5 % a day`, `2026-11-20T23:59 Europe/Berlin, 5 % of max a day, at most 3, grace 10 minutes`; what follows the amount may be left out. */
const TEXT =
  /^(?<due>\S+?)(?:\s+(?<zone>[A-Za-z]{2,20}(?:\/[\w+-]{1,30}){1,2}))?,?\s+(?<amount>\d{1,6}(?:[.,]\d{1,6})?)\s*(?<unit>%|percent|points?)(?:\s+of\s+(?<of>max|earned))?\s*(?:(?:per|an?|each|\/)\s*(?<per>hour|day)|(?<once>once))?(?:,?\s*at\s+most\s+(?<most>\d{1,4})(?:\s+(?:days?|hours?))?)?(?:,?\s*grace\s+(?<grace>\d{1,5})(?:\s+minutes?)?)?$/iu;
const LONGEST = 200;

/** A policy as the line that `latePolicyIn` reads. */
export function latePolicyText(policy: LatePolicy): string {
  const { due, deduct, per, mostPeriods, graceMinutes } = policy;
  const { amount } = deduct;
  const what =
    deduct.unit === 'points'
      ? `${formatDecimal(amount)} ${amount === 1 ? 'point' : 'points'}`
      : `${formatDecimal(amount)} %${deduct.of === 'earned' ? ' of earned' : ''}`;
  return [
    due,
    `${what} ${{ once: 'once', hour: 'an hour', day: 'a day' }[per]}`,
    ...(mostPeriods === null ? [] : [`at most ${mostPeriods}`]),
    ...(graceMinutes === 0
      ? []
      : [`grace ${graceMinutes} ${graceMinutes === 1 ? 'minute' : 'minutes'}`]),
  ].join(', ');
}

/** A policy for late hand-ins that is written as a line; `null` for a text in another form. */
export function latePolicyIn(text: string): LatePolicy | null {
  const parts = TEXT.exec(text.slice(0, LONGEST + 1).trim())?.groups;
  if (parts === undefined || text.length > LONGEST) return null;
  const { due: written = '', zone, amount = '', unit = '', of, per, once, most, grace } = parts;
  const due = zone === undefined ? written : `${written}[${zone}]`;
  if (parseInstant(due, null) === null) return null;
  const number = typedNumber(amount);
  if (number === null) return null;
  return (
    LatePolicySchema.safeParse({
      due,
      ...(grace === undefined ? {} : { graceMinutes: Number(grace) }),
      deduct: unit.toLowerCase().startsWith('point')
        ? { unit: 'points', amount: number }
        : {
            unit: 'percent',
            amount: number,
            ...(of === undefined ? {} : { of: of.toLowerCase() }),
          },
      per: once === undefined ? (per ?? 'day').toLowerCase() : 'once',
      ...(most === undefined ? {} : { mostPeriods: Number(most) }),
    }).data ?? null
  );
}
