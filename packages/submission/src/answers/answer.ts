import type { Claim, Duration } from '../claims/claim.ts';
import type { CodeModel } from '../code/code-model.ts';
import type { PrintedHistory } from '../histories/printed-history.ts';
import type { ImageReference } from '../blocks/block.ts';

/** A piece of program text, with the networks that it defines, compiles or trains. */
export interface AnswerCode {
  /** Lower case; empty where it is not known. */
  readonly language: string;
  readonly text: string;
  /** Read without running anything; each as it stands at the end of this piece of code. */
  readonly models: readonly CodeModel[];
}

/** What a student wrote under one question; `question` is `null` for text that belongs to none. */
export interface Answer {
  readonly question: string | null;
  /** The question that this is one of several different answers to; absent for most. */
  readonly contests?: string;
  /** The file it stands in, for resolving its pictures. */
  readonly file: string;
  readonly heading: string;
  /** The answer as written, without the repeated question and without placeholders; empty when nothing was written. */
  readonly text: string;
  /** What the student says: visible words, without quotations, code and output. */
  readonly prose: string;
  /** Text that stands in the document and that nobody sees on its page: white, tiny, or hidden by a style. Empty for most. */
  readonly unseen: string;
  /** What the answer states, in the student's words or in what a program printed. */
  readonly claims: readonly Claim[];
  /** Figures that stand there and are no claims of the model; each says why. */
  readonly asides: readonly Claim[];
  /** There are more figures than are looked at. */
  readonly claimsCutOff: boolean;
  readonly durations: readonly Duration[];
  readonly code: readonly AnswerCode[];
  /** What programs printed under the question, as a terminal would show it. */
  readonly outputs: readonly string[];
  /** Training logs that begin under the question. */
  readonly histories: readonly PrintedHistory[];
  readonly images: readonly ImageReference[];
  /** Number of words of prose. */
  readonly words: number;
  /** So many of them are different. */
  readonly distinctWords: number;
  /** Numbers stand in the prose that belong to no claim, so there may be a figure that was not understood. */
  readonly hasOtherNumbers: boolean;
  /** How sure it is that this is the question's answer, 0…1, and why. */
  readonly confidence: number;
  readonly why: string;
  /** No label says "question": a title, a bare number or a letter led to it. */
  readonly isWeak?: true;
  /** Headings beside the answer's own that name no question: what stands under them may answer another one. */
  readonly topics?: readonly string[];
}
