import type { Parameter, Statement } from '../syntax.ts';

/** Literals and what is calculated from them. */
export type Data = null | boolean | number | string;

/** A module: one of PyTorch's layers, a container of modules, or an object of a class of the student's own. */
export type Module =
  | {
      readonly kind: 'layer';
      readonly className: string;
      readonly options: Readonly<Record<string, Value>>;
    }
  | {
      readonly kind: 'container';
      readonly className: 'Sequential' | 'ModuleList' | 'ModuleDict';
      readonly children: Map<string, Module>;
    }
  | { readonly kind: 'instance'; readonly of: ClassValue; readonly attributes: Map<string, Value> };

export interface ClassValue {
  readonly type: 'class';
  readonly name: string;
  /** Whether it is a class of networks. */
  readonly isModule: boolean;
  readonly methods: ReadonlyMap<string, FunctionValue>;
  readonly attributes: ReadonlyMap<string, Value>;
}

export interface FunctionValue {
  readonly type: 'function';
  readonly parameters: readonly Parameter[];
  readonly body: readonly Statement[];
}

/** What an expression stands for, as far as it concerns a network of PyTorch's. */
export type Value =
  | { readonly type: 'data'; readonly data: Data }
  /** A list or tuple; shared, as in Python. */
  | { readonly type: 'list'; readonly items: Value[] }
  | { readonly type: 'dict'; readonly entries: Map<string, Value> }
  | { readonly type: 'module'; readonly module: Module; readonly path: string }
  /** The output of a layer of the network that is being followed; −1 is its input. */
  | { readonly type: 'tensor'; readonly at: number }
  | { readonly type: 'shape' }
  /** The number of examples in a batch. */
  | { readonly type: 'batch' }
  | ClassValue
  | FunctionValue
  | { readonly type: 'bound'; readonly object: Value; readonly name: string }
  /** A name that nothing here defines: `torch.nn.functional.relu`. */
  | { readonly type: 'path'; readonly path: string }
  | { readonly type: 'unknown' };

export const UNKNOWN_VALUE: Value = { type: 'unknown' };

export function data(value: Data): Value {
  return { type: 'data', data: value };
}

export function list(items: readonly Value[]): Value {
  return { type: 'list', items: [...items] };
}

/** The number that a value is; `null` for anything else. */
export function numberOf(value: Value | undefined): number | null {
  return value?.type === 'data' && typeof value.data === 'number' ? value.data : null;
}

/** An argument of a call, worked out. */
export interface Given {
  readonly name: string | null;
  readonly value: Value;
}

/** What in a network's code is not followed. */
export class NotUnderstood extends Error {
  override readonly name = 'NotUnderstood';
}
