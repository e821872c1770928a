import type { Claim, PrintedEpoch, PrintedHistory } from '@labproof/submission';
import type { CheckContext } from '../check-context.ts';

/** A number that a program printed, and what data it is about if the print says so. */
export interface Printed {
  readonly value: number;
  readonly part: Claim['part'];
  readonly text: string;
}

/** What the output of an answer, and of others about the same exercise, prints for a metric. */
export function printedValues(context: CheckContext, metric: Claim['metric']): Printed[] {
  const answers = context.answer === null ? context.related : [context.answer, ...context.related];
  return answers.flatMap(({ claims, histories }) => [
    ...claims
      .filter((claim) => claim.printed && claim.metric === metric)
      .map(({ value, part, text }) => ({ value, part, text })),
    ...histories.flatMap((history) => fromHistory(history, metric)),
  ]);
}

function fromHistory({ epochs, heldOut }: PrintedHistory, metric: Claim['metric']): Printed[] {
  return epochs.flatMap((epoch) =>
    valuesOf(epoch, metric, heldOut ?? 'validation').flatMap(([part, value]): Printed[] =>
      value === null
        ? []
        : [{ value, part, text: `epoch ${epoch.epoch}: ${part} ${metric} ${value}` }],
    ),
  );
}

function valuesOf(
  { accuracy, valAccuracy, loss, valLoss }: PrintedEpoch,
  metric: Claim['metric'],
  heldOut: 'validation' | 'test',
): [NonNullable<Claim['part']>, number | null][] {
  return metric === 'accuracy'
    ? [
        ['training', accuracy],
        [heldOut, valAccuracy],
      ]
    : [
        ['training', loss],
        [heldOut, valLoss],
      ];
}
