import { z } from 'zod';
import { ArchitectureSpec } from './architecture.ts';
import { ClaimAgainstOutputSpec } from './claim-against-output.ts';
import { ClaimAgainstWeightsSpec } from './claim-against-weights.ts';
import { CodeTopologySpec } from './code-topology.ts';
import { ConfusionMatrixSpec } from './confusion-matrix.ts';
import { ContradictionSpec } from './contradiction.ts';
import { FreeTextSpec } from './free-text.ts';
import { HistorySpec } from './history.ts';
import { MetricInBandSpec } from './metric-in-band.ts';
import { MisclassifiedCountSpec } from './misclassified-count.ts';
import { NotTooGoodSpec } from './not-too-good.ts';
import { NumberSpec } from './number.ts';
import { PlaygroundClaimSpec } from './playground-claim.ts';
import { PlotSpec } from './plot.ts';
import { RecipeSpec } from './recipe.ts';
import { ReproductionSpec } from './reproduction.ts';
import { WordCountSpec } from './word-count.ts';

/** What is examined for a question, and for how many points: one file a kind in this folder. */
export const CheckSpecSchema = z.discriminatedUnion('kind', [
  ArchitectureSpec,
  MetricInBandSpec,
  ClaimAgainstWeightsSpec,
  NumberSpec,
  PlotSpec,
  FreeTextSpec,
  WordCountSpec,
  RecipeSpec,
  HistorySpec,
  CodeTopologySpec,
  ContradictionSpec,
  ClaimAgainstOutputSpec,
  MisclassifiedCountSpec,
  ConfusionMatrixSpec,
  NotTooGoodSpec,
  ReproductionSpec,
  PlaygroundClaimSpec,
]);
export type CheckSpec = z.infer<typeof CheckSpecSchema>;
