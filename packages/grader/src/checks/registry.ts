import { CheckKinds, type CheckSpec } from '@labproof/lab';
import { architecture } from './architecture/definition.ts';
import type { GradedKind } from './check-kind.ts';
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
import { parameterCount } from './parameter-count/definition.ts';
import { plot } from './plot/definition.ts';
import { recipe } from './recipe/definition.ts';
import { reproduction } from './reproduction/definition.ts';
import { wordCount } from './word-count/definition.ts';

/** Every kind of check, each in the folder of its name. */
export const checkKinds: CheckKinds<GradedKind> = new CheckKinds([
  architecture,
  metricInBand,
  parameterCount,
  claimAgainstWeights,
  number,
  plot,
  freeText,
  wordCount,
  recipe,
  history,
  codeTopology,
  contradiction,
  claimAgainstOutput,
  misclassifiedCount,
  confusionMatrix,
  notTooGood,
  reproduction,
  playgroundClaim,
]);

/** A check as grades name it: its kind, with what tells it from others of its kind behind a colon. */
export function checkName(check: CheckSpec): string {
  const detail = checkKinds.find(check.kind)?.detail(check) ?? null;
  return detail === null ? check.kind : `${check.kind}:${detail}`;
}

/** A check that a grade names, as pages call it; the name itself for one of a kind that there is not (any more). */
export function checkTitle(name: string): string {
  const [kind = '', ...detail] = name.split(':').map((part) => part.trim());
  const title = checkKinds.find(kind)?.title ?? kind;
  return detail.length === 0 ? title : `${title} (${detail.join(':')})`;
}
