import { ORDER } from './order.ts';
import { type HousePackage, packageOf, targetOf } from './read-house.ts';

/** What imports what: the targets of each, both in code-unit order. */
type Arrows = ReadonlyMap<string, readonly string[]>;

/**
 * The house as Mermaid text: the packages with their main folders, from the command down to the
 * foundation. An arrow leads from who imports to what is imported; one that follows from others is left out.
 */
export function houseDiagram(house: readonly HousePackage[]): string {
  const members = ORDER.flat().flatMap((name) => house.find(({ folder }) => folder === name) ?? []);
  return [
    'flowchart TB',
    ...members.flatMap((member) => room(member)),
    ...lines(packageArrows(members), idOf),
  ].join('\n');
}

/** Mermaid takes words such as `class` for its own. */
function idOf(folder: string): string {
  return `package-${folder}`;
}

/** A package: a room with its folders in it, or a single box where it has none. */
function room(member: HousePackage): string[] {
  const { folder } = member;
  const arrows = folderArrows(member);
  if (arrows.size === 0) return [`  ${idOf(folder)}[${folder}]`];
  const id = (name: string): string => `folder-${folder}-${name}`;
  return [
    `  subgraph ${idOf(folder)}[${folder}]`,
    '    direction TB',
    ...[...arrows.keys()].map((name) => `    ${id(name)}[${name}]`),
    ...lines(arrows, id).map((line) => `  ${line}`),
    '  end',
  ];
}

function lines(arrows: Arrows, id: (name: string) => string): string[] {
  return [...arrows].flatMap(([from, targets]) =>
    targets.map((to) => `  ${id(from)} --> ${id(to)}`),
  );
}

function packageArrows(house: readonly HousePackage[]): Arrows {
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
  return reduced(arrows);
}

/** Between the folders right below `src`; what lies loose in `src` is the door of the package and no part of it. */
function folderArrows({ files }: HousePackage): Arrows {
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
  return reduced(arrows);
}

function folderOf(path: string): string | null {
  const [first = '', ...rest] = path.split('/');
  return rest.length === 0 ? null : first;
}

/** Leaves out an arrow where others already lead from its beginning to its end; whoever could be reached still can. */
function reduced(all: ReadonlyMap<string, ReadonlySet<string>>): Arrows {
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

function leadsTo(
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
