import type { DatasetCatalogue } from '@labproof/core';
import type { CheckKinds } from './checks/check-kinds.ts';

/** What a lab may name besides what is in it. */
export interface LabSurroundings {
  /** The datasets that exercises may name; Labproof's own unless told. */
  readonly datasets?: DatasetCatalogue;
  /** The kinds of checks, which know their options; without them, checks are taken as they are written. */
  readonly checks?: CheckKinds;
}
