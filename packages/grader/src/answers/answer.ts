import type { Claim, Duration } from './claim.ts';
import type { ImageReference } from './block.ts';

/** What a student wrote under one question; `question` is `null` for text that belongs to none. */
export interface Answer {
  readonly question: string | null;
  /** The file it stands in, for resolving its pictures. */
  readonly file: string;
  readonly heading: string;
  /** The answer as written, without the repeated question and without placeholders; empty when nothing was written. */
  readonly text: string;
  readonly claims: readonly Claim[];
  readonly durations: readonly Duration[];
  readonly code: readonly { readonly language: string; readonly text: string }[];
  readonly images: readonly ImageReference[];
  /** Number of words of prose. */
  readonly words: number;
  /** Digits stand in the prose that belong to no claim, so there may be a number that was not understood. */
  readonly hasOtherNumbers: boolean;
  /** How sure it is that this is the question's answer, 0…1, and why. */
  readonly confidence: number;
  readonly why: string;
}
