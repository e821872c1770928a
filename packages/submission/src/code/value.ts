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

/** Parts of a list, counted through all that it holds: longer ones are data. */
const MOST_PARTS = 1000;
/** Parts of an option: shapes and names are short. */
const MOST_OPTION_PARTS = 64;

/** A list of data is data; a list with layers in it stays a list of values. */
export function listValue(items: readonly Value[]): Value {
  const list: Value = { type: 'layers', items };
  if (partsOf(list, MOST_PARTS) > MOST_PARTS) return NO_VALUE;
  const data: CodeValue[] = [];
  for (const item of items) {
    if (item.type !== 'data') return list;
    data.push(item.data);
  }
  return dataValue(data);
}

/** A dictionary of data. */
export function dictionaryValue(data: Readonly<Record<string, CodeValue>>): Value {
  return partsOfData(data, MOST_PARTS) > MOST_PARTS ? NO_VALUE : dataValue(data);
}

/** What an option is given, if it is short enough to be an option. */
export function optionData(value: Value): CodeValue | undefined {
  return value.type === 'data' && partsOfData(value.data, MOST_OPTION_PARTS) <= MOST_OPTION_PARTS
    ? value.data
    : undefined;
}

/** Parts of a value; the count ends where it is more than `most`, so that shared parts cost nothing. */
function partsOf(value: Value, most: number): number {
  if (value.type === 'data') return partsOfData(value.data, most);
  if (value.type !== 'layers') return 1;
  let parts = 1;
  for (const item of value.items) {
    if (parts > most) break;
    parts += partsOf(item, most - parts);
  }
  return parts;
}

function partsOfData(data: CodeValue, most: number): number {
  let parts = 1;
  if (typeof data !== 'object' || data === null) return parts;
  for (const item of Object.values(data) as readonly CodeValue[]) {
    if (parts > most) break;
    parts += partsOfData(item, most - parts);
  }
  return parts;
}
