import type { Recipe } from '@labproof/core';

/** Recipes that differ in one number alone. */
export interface Sweep {
  /** What is varied, for people: `units of layer 2`, `learning rate`. */
  readonly name: string;
  /** Identifiers with the varied value, ascending. */
  readonly members: readonly { readonly id: string; readonly value: number }[];
}

/** Fewer than these are a comparison, not a sweep. */
const FEWEST = 3;

const MASK = '\u0000';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Every number of a value with the path to it; names say nothing and are left out. */
function numbersIn(value: Json, path: readonly string[] = []): [readonly string[], number][] {
  if (typeof value === 'number') return [[path, value]];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, part]) => numbersIn(part as Json, [...path, key]));
}

/** The value as text, with one number masked and names left out. */
function masked(value: Json, path: readonly string[]): string {
  const at = path.join('/');
  const walk = (part: Json, here: string): unknown => {
    if (here === at) return MASK;
    if (part === null || typeof part !== 'object') return part;
    if (Array.isArray(part))
      return part.map((child: Json, index) => walk(child, join(here, index)));
    return Object.fromEntries(
      Object.entries(part)
        .filter(([key]) => key !== 'name')
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, child]) => [key, walk(child as Json, join(here, key))]),
    );
  };
  return JSON.stringify(walk(value, ''));
}

const join = (path: string, key: string | number): string =>
  path === '' ? String(key) : `${path}/${key}`;

/** `model/layers/1/config/units` as `units of layer 2`. */
function nameOf(path: readonly string[]): string {
  const layer = path.indexOf('layers');
  const last = (path.at(-1) ?? '').replace(/_/g, ' ').replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
  const word = last.toLowerCase();
  return layer === -1 ? word : `${word} of layer ${Number(path[layer + 1]) + 1}`;
}

/**
 * Finds sweeps among recipes: at least three that are equal but for one number, each with a value of its own.
 * An identifier may be part of several sweeps, as the middle of a grid is.
 */
export function findSweeps(
  entries: readonly { readonly id: string; readonly recipe: Recipe }[],
): Sweep[] {
  const groups = new Map<string, { name: string; members: { id: string; value: number }[] }>();
  for (const { id, recipe } of entries) {
    const plain = JSON.parse(JSON.stringify(recipe)) as Json;
    for (const [path, value] of numbersIn(plain)) {
      const key = `${path.join('/')} ${masked(plain, path)}`;
      const group = groups.get(key) ?? { name: nameOf(path), members: [] };
      if (!group.members.some((member) => member.value === value))
        group.members.push({ id, value });
      groups.set(key, group);
    }
  }
  return [...groups.values()]
    .filter(({ members }) => members.length >= FEWEST)
    .map(({ name, members }) => ({ name, members: members.toSorted((a, b) => a.value - b.value) }));
}
