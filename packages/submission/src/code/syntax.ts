/**
 * What a program of Python or R says, as a tree. Everything that a reader may want to follow has a kind; what is no
 * valid code, or nested too deeply to be followed, is `unknown`.
 */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  /** `f'{model}-{epoch:02d}'`: its texts, and the expressions between them. */
  | { readonly kind: 'format'; readonly parts: readonly (string | Expression)[] }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'member'; readonly object: Expression; readonly name: string }
  | { readonly kind: 'call'; readonly callee: Expression; readonly args: readonly Argument[] }
  | {
      readonly kind: 'list';
      readonly form: 'list' | 'tuple' | 'set';
      readonly items: readonly Expression[];
    }
  | { readonly kind: 'dict'; readonly entries: readonly Entry[] }
  /** `x[i]`; several subscripts are a tuple. */
  | { readonly kind: 'index'; readonly object: Expression; readonly index: Expression }
  /** `1:`, `::2`, as a subscript. */
  | { readonly kind: 'slice'; readonly bounds: readonly (Expression | null)[] }
  | {
      readonly kind: 'binary';
      /** As it is written: `+`, `==`, `and`, `not in`; `pipe` for R's pipes. */
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'negative'; readonly operand: Expression }
  | { readonly kind: 'not'; readonly operand: Expression }
  | {
      readonly kind: 'conditional';
      readonly condition: Expression;
      readonly value: Expression;
      readonly otherwise: Expression;
    }
  /** R's `function` and `\(x)`, Python's `lambda`. */
  | {
      readonly kind: 'function';
      readonly parameters: readonly Parameter[];
      readonly body: readonly Statement[];
    }
  | {
      readonly kind: 'comprehension';
      readonly form: 'list' | 'set' | 'dict' | 'generator';
      /** What is gathered; an entry of a dictionary is a tuple of two. */
      readonly item: Expression;
      readonly clauses: readonly Clause[];
    }
  /** `name := value` */
  | { readonly kind: 'named'; readonly target: Expression; readonly value: Expression }
  | { readonly kind: 'await'; readonly value: Expression }
  /** `*list` among the items of a list. */
  | { readonly kind: 'spread'; readonly value: Expression }
  /** R's `{ … }` where a value is asked for. */
  | { readonly kind: 'block'; readonly body: readonly Statement[] }
  | { readonly kind: 'unknown' };

export interface Entry {
  /** `null` for `**others`. */
  readonly key: Expression | null;
  readonly value: Expression;
}

/** A part of a comprehension behind its item. */
export type Clause =
  | { readonly kind: 'for'; readonly target: Expression; readonly iterable: Expression }
  | { readonly kind: 'if'; readonly condition: Expression };

export interface Argument {
  readonly name: string | null;
  readonly value: Expression;
  /** `*list`, `**options`, and what is no valid argument */
  readonly spread: boolean;
}

export interface Parameter {
  readonly name: string;
  readonly initial: Expression | null;
  /** `rest` takes every other positional argument, `options` every other named one. */
  readonly takes: 'one' | 'rest' | 'options';
}

export type Statement = {
  /** A bracket in it is never closed: something was cut off. */
  readonly torn: boolean;
} & (
  | { readonly kind: 'assign'; readonly targets: readonly Expression[]; readonly value: Expression }
  /** `n += 1` */
  | {
      readonly kind: 'change';
      readonly target: Expression;
      readonly operator: string;
      readonly value: Expression;
    }
  | { readonly kind: 'expression'; readonly value: Expression }
  | { readonly kind: 'return'; readonly value: Expression | null }
  /** `break` and `continue` */
  | { readonly kind: 'leave' }
  | {
      readonly kind: 'for';
      readonly target: Expression;
      readonly iterable: Expression;
      readonly body: readonly Statement[];
      readonly otherwise: readonly Statement[];
    }
  | {
      readonly kind: 'while';
      readonly condition: Expression;
      readonly body: readonly Statement[];
      readonly otherwise: readonly Statement[];
    }
  | {
      readonly kind: 'if';
      /** `if` and every `elif`. */
      readonly branches: readonly {
        readonly condition: Expression;
        readonly body: readonly Statement[];
      }[];
      readonly otherwise: readonly Statement[];
    }
  | {
      readonly kind: 'with';
      readonly items: readonly {
        readonly value: Expression;
        readonly target: Expression | null;
      }[];
      readonly body: readonly Statement[];
    }
  /** The parts of `try`: what is tried, each `except`, `else`, `finally`, in order. */
  | { readonly kind: 'try'; readonly parts: readonly (readonly Statement[])[] }
  | {
      readonly kind: 'define';
      readonly name: string;
      readonly parameters: readonly Parameter[];
      readonly decorators: readonly Expression[];
      readonly body: readonly Statement[];
    }
  | {
      readonly kind: 'class';
      readonly name: string;
      /** `nn.Module`, `metaclass=…` */
      readonly bases: readonly Argument[];
      readonly decorators: readonly Expression[];
      readonly body: readonly Statement[];
    }
  | {
      readonly kind: 'import';
      /** `torch.nn` of `import torch.nn as nn` and of `from torch.nn import Linear`. */
      readonly module: string;
      /** What the module is called here, if not by its own name. */
      readonly alias: string | null;
      /** What is taken out of it by `from`; `null` where the module itself is imported. */
      readonly names: readonly ImportedName[] | null;
    }
  /** Statements that stand together without a condition that is known: R's `{ … }`, `if` and `else`, Python's `match`. */
  | { readonly kind: 'group'; readonly body: readonly Statement[] }
);

export interface ImportedName {
  /** `*` for everything. */
  readonly name: string;
  readonly alias: string | null;
}

export const UNKNOWN: Expression = { kind: 'unknown' };

export interface Program {
  readonly statements: readonly Statement[];
  /** `false` where something was left out because it is too long or nested too deeply to be a program. */
  readonly isWhole: boolean;
}

/** Names and texts of such a length are data. */
export const LONGEST_NAME = 200;
export const LONGEST_TEXT = 1000;
