import { LabproofError, type Problem } from '../errors/labproof-error.ts';
import type { Landmark } from '../training/landmarks.ts';

/** Why a watched trial did not come to its end, and what stood at the landmarks up to there. */
export class UnfinishedTrial extends LabproofError {
  readonly landmarks: readonly Landmark[];

  constructor(problem: Problem & { readonly cause?: unknown }, landmarks: readonly Landmark[]) {
    super(problem);
    this.landmarks = landmarks;
  }
}
