import type { CheckSpec } from '@labproof/lab';
import { architecture } from './architecture/definition.ts';
import type { CheckKind, Need, SpecOf } from './check-kind.ts';
import { claimAgainstOutput } from './claim-against-output/definition.ts';
import { claimAgainstWeights } from './claim-against-weights/definition.ts';
import { codeTopology } from './code-topology/definition.ts';
import { confusionMatrix } from './confusion-matrix/definition.ts';
import { contradiction } from './contradiction/definition.ts';
import { freeText } from './free-text/definition.ts';
import { history } from './history/definition.ts';
import { metricInBand } from './metric-in-band/definition.ts';
import { misclassifiedCount } from './misclassified-count/definition.ts';
import { notTooGood } from './not-too-good/definition.ts';
import { number } from './number/definition.ts';
import { playgroundClaim } from './playground-claim/definition.ts';
import { plot } from './plot/definition.ts';
import { recipe } from './recipe/definition.ts';
import { reproduction } from './reproduction/definition.ts';
import { wordCount } from './word-count/definition.ts';

/** Every kind of check. One that is missing here does not compile. */
const KINDS: { readonly [Kind in CheckSpec['kind']]: CheckKind<SpecOf<Kind>> } = {
  architecture,
  'metric-in-band': metricInBand,
  'claim-against-weights': claimAgainstWeights,
  number,
  plot,
  'free-text': freeText,
  'word-count': wordCount,
  recipe,
  history,
  'code-topology': codeTopology,
  contradiction,
  'claim-against-output': claimAgainstOutput,
  'misclassified-count': misclassifiedCount,
  'confusion-matrix': confusionMatrix,
  'not-too-good': notTooGood,
  reproduction,
  'playground-claim': playgroundClaim,
};

/** What each need takes for granted. */
const PRESUPPOSED: Readonly<Record<Need, readonly Need[]>> = {
  model: [],
  'test-images': ['model'],
  history: [],
};

export function kindOf({ kind }: CheckSpec): CheckKind {
  return KINDS[kind];
}

/** Whether a check cannot decide without something. */
export function needs(check: CheckSpec, need: Need): boolean {
  return kindOf(check).needs.some(
    (needed) => needed === need || PRESUPPOSED[needed].includes(need),
  );
}

/** A check as grades name it: its kind, with what tells it from others of its kind behind a colon. */
export function checkName(check: CheckSpec): string {
  const detail = kindOf(check).detail?.(check);
  return detail === undefined ? check.kind : `${check.kind}:${detail}`;
}

/** A check that a grade names, as pages call it; the name itself for one of a kind that there is not (any more). */
export function checkTitle(name: string): string {
  const [kind = '', ...detail] = name.split(':').map((part) => part.trim());
  const title = Object.values(KINDS).find((known) => known.kind === kind)?.title ?? kind;
  return detail.length === 0 ? title : `${title} (${detail.join(':')})`;
}
