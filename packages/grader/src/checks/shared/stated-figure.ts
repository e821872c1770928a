import type { Answer, Claim } from '@labproof/submission';
import type { Evidence } from '../../grade/evidence.ts';
import { claimsAgree } from './claims-agree.ts';

/** What an answer states for one metric of its model on the test images. */
export interface StatedFigure {
  /** The figures that are taken, all from one kind of place; empty where the answer states none. */
  readonly claims: readonly Claim[];
  /** The one written with the most digits. */
  readonly finest: Claim | null;
  /** Two of them cannot stand for the same value. */
  readonly contradicts: boolean;
  /** They are said of the training or validation images only. */
  readonly isOtherPart: boolean;
}

/**
 * Of all figures of an answer, those that say what its model does on the test images. The student's own words come first;
 * where they state nothing, what `evaluate` printed; then comments in the code; last bars of progress, which may be of training.
 * In each, figures that are called the test's come before those that are called nothing. `isTest` tells what else counts
 * as the test images (validation, where the recipe validates on them).
 */
export function statedFigure(
  claims: readonly Claim[],
  metric: Claim['metric'],
  isTest: (part: NonNullable<Claim['part']>) => boolean = () => false,
): StatedFigure {
  const own = claims.filter((claim) => claim.metric === metric);
  const groups = (['words', 'output', 'comment', 'bar'] as const).flatMap((source) => {
    const here = own.filter((claim) => claim.source === source);
    return [
      here.filter(({ part }) => part === 'test'),
      here.filter(({ part }) => part === null || (part !== 'test' && isTest(part))),
    ];
  });
  const chosen = groups.find((group) => group.length > 0);
  // What is said to replace an earlier figure speaks of the same data, whether it says so or not.
  const later = own.filter((claim) => claim.corrects === true && chosen?.includes(claim) === false);
  const taken = chosen === undefined ? own : [...chosen, ...later];
  const finest = taken.reduce<Claim | null>(
    (best, claim) => (best === null || width(claim) < width(best) ? claim : best),
    null,
  );
  return {
    claims: taken,
    finest,
    contradicts: finest !== null && taken.some((claim) => !claimsAgree(claim, finest)),
    isOtherPart: chosen === undefined && own.length > 0,
  };
}

function width({ step, spread, approximate }: Claim): number {
  return spread + (approximate ? 2 * step : step);
}

/** Whether an answer may state a number that was not understood. */
export function mayHoldMore(answer: Answer | null): answer is Answer {
  return (
    answer !== null &&
    (answer.images.length > 0 ||
      answer.hasOtherNumbers ||
      answer.asides.length > 0 ||
      answer.claimsCutOff ||
      answer.code.length > 0)
  );
}

const REASONS: Readonly<Record<Claim['standing'], string>> = {
  stated: 'Also read',
  quoted: 'Not counted, as it is quoted',
  'handed-out': 'Not counted, as it is the lab’s own text',
  struck: 'Not counted, as it is struck out',
  hidden: 'Not counted, as the page hides it',
  hypothetical: 'Not counted, as it says what could or should be',
  negated: 'Not counted, as it says what is not so',
  chance: 'Not counted, as it is what guessing gives',
  compared: 'Not counted, as it is said of another model',
  'one-class': 'Not counted, as it is said of one class',
  former: 'Not counted, as it is the value before a change',
  range: 'Not counted, as it is a range',
  alternative: 'Not counted, as several values are offered',
  bound: 'Not counted, as it is a bound and no value',
};
const MOST_SHOWN = 5;

/** Figures beside the one that is shown, for whoever reads the report; what is left out is said. */
export function besideEvidence(claims: readonly Claim[], shown: Claim | null): Evidence[] {
  const texts = new Map<string, string>();
  for (const claim of claims) {
    if (claim === shown || (claim.standing === 'stated' && claim.value === shown?.value)) continue;
    if (!texts.has(claim.text)) texts.set(claim.text, REASONS[claim.standing]);
  }
  const all = [...texts].map(([text, label]): Evidence => ({ kind: 'text', label, text }));
  const more = all.length - MOST_SHOWN;
  return more <= 0
    ? all
    : [
        ...all.slice(0, MOST_SHOWN),
        { kind: 'text', label: 'Also read', text: `${more} more, not shown here` },
      ];
}
