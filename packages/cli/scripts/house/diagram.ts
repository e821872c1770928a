import { type Arrows, folderArrows, packageArrows, reduced } from './arrows.ts';
import { ORDER } from './order.ts';
import type { HousePackage } from './read-house.ts';

/**
 * The house as Mermaid text: the packages with their main folders, from the command down to the
 * foundation. An arrow leads from who imports to what is imported; one that follows from others is left out.
 */
export function houseDiagram(house: readonly HousePackage[]): string {
  const members = ORDER.flat().flatMap((name) => house.find(({ folder }) => folder === name) ?? []);
  return [
    'flowchart TB',
    ...members.flatMap((member) => room(member)),
    ...lines(reduced(packageArrows(members)), idOf),
  ].join('\n');
}

/** Mermaid takes words such as `class` for its own. */
function idOf(folder: string): string {
  return `package-${folder}`;
}

/** A package: a room with its folders in it, or a single box where it has none. */
function room(member: HousePackage): string[] {
  const { folder } = member;
  const arrows = reduced(folderArrows(member));
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
