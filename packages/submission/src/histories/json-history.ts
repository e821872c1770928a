import { LabproofError } from '@labproof/core';
import { type Curve, curvesNamed } from './curve-names.ts';
import { type HistoryRow, epochNumber, numberOf, unreadable } from './history-rows.ts';
import { parseJson } from '../files/safe-json.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The rows of a history as JSON: `history.history` or the whole `history`, R's `metrics`, pandas' `to_json` in every
 * orientation that keeps the names, a list of epochs, one a line as well. What Python writes that is no JSON (`NaN`, quotes of
 * one stroke) is read all the same. Throws a student's error.
 */
export function jsonRows(text: string, path: string): HistoryRow[] {
  const value = parsed(text, path);
  return rowsOf(typeof value === 'string' ? parsed(value, path) : value, path);
}

function parsed(text: string, path: string): unknown {
  let failure: unknown;
  for (const attempt of [text, asJson(text), `[${text.trim().split(/\r?\n/u).join(',')}]`]) {
    try {
      return parseJson(attempt, path);
    } catch (error) {
      if (!(error instanceof LabproofError) || error.code !== 'json-malformed') throw error;
      failure ??= error;
    }
  }
  throw failure;
}

/** Python's way to write a dictionary of lists, as JSON. */
function asJson(text: string): string {
  const quoted = text.includes('"') ? text : text.replaceAll("'", '"');
  return quoted
    .replaceAll(/\b(?:np|numpy)\.float\d{1,3}\(([^()]{0,40})\)/gu, '$1')
    .replaceAll(
      /\b(?:(?:np|numpy)\.)?(?:array|tensor)\((\[[^()[\]]{0,100000}\])(?:, ?dtype=[\w.]{1,20})?\)/gu,
      '$1',
    )
    .replaceAll(/(?<=[[\s,:])-?(?:NaN|nan|None|Infinity|inf)(?=[\s,\]}])/gu, 'null');
}

function rowsOf(value: unknown, path: string): HistoryRow[] {
  if (Array.isArray(value)) {
    // One training in a list of trainings.
    const [only] = value;
    const isOne = value.length === 1 && curveLists(fieldsOf(only), path).size > 0;
    return isOne ? rowsOf(only, path) : records(value, path);
  }
  const outer = fieldsOf(value);
  const fields = byPart(unwrapped(outer));
  const { data, columns, schema } = fields;
  if (Array.isArray(data) && Array.isArray(columns)) {
    const names = columns.map(String);
    return records(
      data.map((row: unknown) =>
        Object.fromEntries(names.map((name, at) => [name, Array.isArray(row) ? row[at] : null])),
      ),
      path,
    );
  }
  if (Array.isArray(data) && schema !== undefined) return records(data, path);
  const lists = curveLists(fields, path);
  if (lists.size > 0) return fromLists(lists, listOf(fields['epoch'] ?? outer['epoch']), path);
  return records(Object.values(fields), path);
}

/** `history.history`, also within a `history` that was saved as a whole. */
function unwrapped(outer: Fields): Fields {
  let fields = outer;
  for (let level = 0; level < DEEPEST; level += 1) {
    const inner = fields['history'] ?? fields['metrics'];
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) break;
    fields = fieldsOf(inner);
  }
  return fields;
}

const DEEPEST = 4;
/** `{"train": {"loss": [...]}, "val": {"loss": [...]}}` */
const PARTS = new Set(['train', 'training', 'val', 'valid', 'validation', 'test']);

/** Lists that are kept apart by data, under names that say the data. */
function byPart(fields: Fields): Fields {
  const names = Object.keys(fields);
  if (names.length < 2 || !names.every((name) => PARTS.has(name.toLowerCase()))) return fields;
  return Object.fromEntries(
    Object.entries(fields).flatMap(([part, lists]) =>
      Object.entries(fieldsOf(lists)).map(([name, list]) => [`${part}_${name}`, list]),
    ),
  );
}

/** A list of epochs. */
function records(epochs: readonly unknown[], path: string): HistoryRow[] {
  if (epochs.some((epoch) => Array.isArray(epoch))) {
    throw unreadable(path, 'it has numbers without the names of their curves');
  }
  return epochs.map((epoch) => {
    const fields = fieldsOf(epoch);
    const best = new Map<Curve, { rank: number; value: number | null }>();
    const curves = curvesNamed(Object.keys(fields));
    for (const [at, entry] of Object.values(fields).entries()) {
      const named = curves[at] ?? null;
      if (named === null || (best.get(named.curve)?.rank ?? Infinity) <= named.rank) continue;
      best.set(named.curve, { rank: named.rank, value: numberOf(entry, path) });
    }
    return {
      epoch: epochNumber(fields['epoch'], path),
      values: new Map([...best].map(([curve, entry]) => [curve, entry.value])),
    };
  });
}

/** The list of each curve; of several for one curve the one with the usual name. */
function curveLists(fields: Fields, path: string): ReadonlyMap<Curve, readonly unknown[]> {
  const best = new Map<Curve, { rank: number; list: readonly unknown[] }>();
  const curves = curvesNamed(Object.keys(fields));
  for (const [at, entry] of Object.values(fields).entries()) {
    const named = curves[at] ?? null;
    const list = listOf(entry);
    if (named === null || list === null) continue;
    if ((best.get(named.curve)?.rank ?? Infinity) <= named.rank) continue;
    best.set(named.curve, { rank: named.rank, list });
  }
  const lengths = new Set([...best.values()].map(({ list }) => list.length));
  if (lengths.size > 1) {
    throw unreadable(
      path,
      `its lists have different lengths (${[...lengths].join(', ')}), so that nobody knows which epochs are missing`,
    );
  }
  return new Map([...best].map(([curve, { list }]) => [curve, list]));
}

function fromLists(
  lists: ReadonlyMap<Curve, readonly unknown[]>,
  epochs: readonly unknown[] | null,
  path: string,
): HistoryRow[] {
  const [length = 0] = [...lists.values()].map((list) => list.length);
  return Array.from({ length }, (_, index) => ({
    epoch: epochs?.length === length ? numberOf(epochs[index], path) : null,
    values: new Map([...lists].map(([curve, list]) => [curve, numberOf(list[index], path)])),
  }));
}

/** A list, also where pandas numbers its entries: `{"0": 0.4, "1": 0.3}`; `null` for what is none. */
function listOf(entry: unknown): readonly unknown[] | null {
  if (Array.isArray(entry)) return entry;
  if (typeof entry !== 'object' || entry === null) return null;
  const entries = Object.entries(entry);
  return entries.length > 0 && entries.every(([key]) => /^\d+$/u.test(key))
    ? entries.map(([, value]: [string, unknown]) => value)
    : null;
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
