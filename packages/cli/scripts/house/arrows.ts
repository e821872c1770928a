import { type HousePackage, packageOf, targetOf } from './read-house.ts';

/** What imports what: the targets of each, both in code-unit order. */
export type Arrows = ReadonlyMap<string, readonly string[]>;

/** Which packages import which, by their folders. */
export function packageArrows(
  house: readonly HousePackage[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const byName = new Map(house.map(({ name, folder }) => [name, folder]));
  const arrows = new Map<string, Set<string>>();
  for (const { folder, files } of house) {
    const targets = new Set<string>();
    for (const { part, imports } of files) {
      if (part !== 'src') continue;
      for (const specifier of imports) {
        const target = byName.get(packageOf(specifier));
        if (target !== undefined && target !== folder) targets.add(target);
      }
    }
    arrows.set(folder, targets);
  }
  return arrows;
}

/** Between the folders right below `src`; what lies loose in `src` is the door of the package and no part of it. */
export function folderArrows({ files }: HousePackage): ReadonlyMap<string, ReadonlySet<string>> {
  const arrows = new Map<string, Set<string>>();
  for (const file of files) {
    const from = folderOf(file.path);
    if (file.part !== 'src' || from === null) continue;
    const targets = arrows.get(from) ?? new Set();
    arrows.set(from, targets);
    for (const specifier of file.imports) {
      const to = folderOf(targetOf(file, specifier) ?? '');
      if (to !== null && to !== from) targets.add(to);
    }
  }
  return arrows;
}

function folderOf(path: string): string | null {
  const [first = '', ...rest] = path.split('/');
  return rest.length === 0 ? null : first;
}

/** Leaves out an arrow where others already lead from its beginning to its end; whoever could be reached still can. */
export function reduced(all: ReadonlyMap<string, ReadonlySet<string>>): Arrows {
  const kept = new Map(
    [...all].toSorted(([a], [b]) => compare(a, b)).map(([from, to]) => [from, new Set(to)]),
  );
  for (const [from, targets] of kept) {
    for (const to of [...targets].toSorted(compare)) {
      targets.delete(to);
      if (!leadsTo(kept, from, to)) targets.add(to);
    }
  }
  return new Map([...kept].map(([from, to]) => [from, [...to].toSorted(compare)]));
}

/** Whether arrows lead from one to the other. */
export function leadsTo(
  arrows: ReadonlyMap<string, ReadonlySet<string>>,
  from: string,
  to: string,
  seen = new Set<string>(),
): boolean {
  return [...(arrows.get(from) ?? [])].some((next) => {
    if (next === to) return true;
    if (seen.has(next)) return false;
    seen.add(next);
    return leadsTo(arrows, next, to, seen);
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
