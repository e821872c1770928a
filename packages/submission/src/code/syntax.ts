/** Expressions and statements as far as Keras code needs them; everything else is `unknown`. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'member'; readonly object: Expression; readonly name: string }
  | { readonly kind: 'call'; readonly callee: Expression; readonly args: readonly Argument[] }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | {
      readonly kind: 'dict';
      readonly entries: readonly { readonly key: Expression; readonly value: Expression }[];
    }
  | { readonly kind: 'index'; readonly object: Expression; readonly index: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'negative'; readonly operand: Expression }
  | {
      readonly kind: 'function';
      readonly parameters: readonly Parameter[];
      readonly body: readonly Statement[];
    }
  | { readonly kind: 'block'; readonly body: readonly Statement[] }
  | { readonly kind: 'unknown' };

export interface Argument {
  readonly name: string | null;
  readonly value: Expression;
  /** `*list`, `**options` */
  readonly spread: boolean;
}

export interface Parameter {
  readonly name: string;
  readonly initial: Expression | null;
}

export type Statement = {
  /** A bracket in it is never closed: something was cut off. */
  readonly torn: boolean;
} & (
  | { readonly kind: 'assign'; readonly targets: readonly Expression[]; readonly value: Expression }
  | { readonly kind: 'expression'; readonly value: Expression }
  | { readonly kind: 'return'; readonly value: Expression }
  | { readonly kind: 'loop'; readonly body: readonly Statement[] }
  | { readonly kind: 'group'; readonly body: readonly Statement[] }
);

export const UNKNOWN: Expression = { kind: 'unknown' };
