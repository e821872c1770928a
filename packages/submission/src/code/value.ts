import type { CodeFit, CodeModel, CodeValue } from './code-model.ts';
import type { Parameter, Statement } from './syntax.ts';

/** One layer as its call describes it. */
export interface CodeLayer {
  readonly className: string;
  /** Options that are literals, under Keras's Python names. */
  readonly options: Readonly<Record<string, CodeValue>>;
  /** Options that matter and could not be worked out. */
  readonly unclear: readonly string[];
}

/** What an expression stands for, as far as it concerns networks. */
export type Value =
  | { readonly type: 'data'; readonly data: CodeValue }
  | { readonly type: 'layer'; readonly layer: CodeLayer }
  | { readonly type: 'layers'; readonly items: readonly Value[] }
  | { readonly type: 'tensor'; readonly layers: readonly CodeLayer[]; readonly whole: boolean }
  | { readonly type: 'model'; readonly draft: ModelDraft }
  | {
      readonly type: 'named';
      /** A loss, metric, optimiser or regulariser that is called or named: `Adam`, `categorical_crossentropy`. */
      readonly name: string;
      readonly options: Readonly<Record<string, CodeValue>>;
      readonly unclear: readonly string[];
    }
  | {
      readonly type: 'function';
      readonly parameters: readonly Parameter[];
      readonly body: readonly Statement[];
    }
  | { readonly type: 'unknown' };

export const NO_VALUE: Value = { type: 'unknown' };

export function dataValue(data: CodeValue): Value {
  return { type: 'data', data };
}

/** An argument of a call, worked out. */
export interface ValueArgument {
  readonly name: string | null;
  readonly value: Value;
  readonly spread: boolean;
}

/** A network while its code is being read. */
export interface ModelDraft {
  name: string;
  /** How many functions deep it got its name. */
  nameDepth: number;
  readonly layers: CodeLayer[];
  /** A layer is missing or was not understood, so the network cannot be told. */
  holed: boolean;
  /** Of the loops around the place where it was made. */
  readonly loops: number;
  optimizer: CodeModel['optimizer'];
  loss: string | null;
  fromLogits: boolean;
  metrics: readonly string[];
  readonly fits: CodeFit[];
  readonly notUnderstood: string[];
}

const MOST_NOTES = 20;

/** Notes once what was not understood. */
export function note(draft: ModelDraft, what: string): void {
  if (draft.notUnderstood.length < MOST_NOTES && !draft.notUnderstood.includes(what)) {
    draft.notUnderstood.push(what);
  }
}
