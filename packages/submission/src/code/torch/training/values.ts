import type { Parameter, Statement } from '../../syntax.ts';

/** What an expression of a training script stands for, as far as training is concerned. */
export type Value =
  | { readonly type: 'data'; readonly data: string | number | boolean | null }
  | { readonly type: 'list'; readonly items: readonly Value[] }
  /** A dictionary, `argparse`'s namespace, or an object of a class of the code's own. */
  | {
      readonly type: 'record';
      readonly of: ClassValue | null;
      readonly entries: Map<string, Value>;
    }
  /** What a call of something gives that the code does not define: `torch.optim.SGD(…)`. */
  | Called
  | FunctionValue
  | ClassValue
  | { readonly type: 'method'; readonly object: Value; readonly name: string }
  /** A name that nothing here defines. */
  | { readonly type: 'path'; readonly path: string }
  /** What a loss gives, as it is. */
  | { readonly type: 'loss' }
  | { readonly type: 'unknown' };

/** The names of a program or of a function. */
export type Scope = Map<string, Value>;

export interface Called {
  readonly type: 'called';
  readonly path: string;
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
  /** Options were passed that are not known. */
  readonly unclear: boolean;
}

export interface FunctionValue {
  readonly type: 'function';
  readonly parameters: readonly Parameter[];
  readonly body: readonly Statement[];
  /** The names around its definition; `null` for those of the program alone. */
  readonly around: readonly Scope[] | null;
}

export interface ClassValue {
  readonly type: 'class';
  readonly methods: ReadonlyMap<string, FunctionValue>;
  /** What its body gives names. */
  readonly attributes: Map<string, Value>;
}

export const UNKNOWN: Value = { type: 'unknown' };

/** A loop around a call: over so many numbers, or over the batches of a loader. */
export type Loop =
  | { readonly over: 'numbers'; readonly turns: number | null }
  | { readonly over: 'loader'; readonly loader: Called }
  | { readonly over: 'unknown' };

/** A call that says how something is trained, with the loops that it stands in. */
export interface TrainingEvent {
  readonly kind:
    | 'step'
    | 'backward'
    | 'loss'
    | 'fit'
    | 'clip'
    /** Gradients begin at nothing again. */
    | 'zero'
    /** The weights are saved, or a copy of them is kept. */
    | 'keep'
    /** A loop may end, or a batch be left out. */
    | 'leave'
    /** Something else that changes what is trained; `note` says what. */
    | 'unusual';
  /** The optimiser or scheduler, the loss, or Lightning's trainer. */
  readonly subject: Called;
  readonly given: readonly Value[];
  readonly loops: readonly Loop[];
  /** It stands under a condition. */
  readonly conditional: boolean;
  readonly note?: string;
  /** The name of the call that is told with the note. */
  readonly by?: string | null;
}

export function numberOf(value: Value | undefined): number | null {
  return value?.type === 'data' && typeof value.data === 'number' ? value.data : null;
}
