import { builtinModules } from 'node:module';
import { folderArrows, leadsTo } from './arrows.ts';
import { ORDER, rowOf } from './order.ts';
import { type HousePackage, packageOf, type SourceFile } from './read-house.ts';

/**
 * What stands against the order of the house, a sentence each: packages without a row, imports upwards, and imports of
 * what `package.json` does not name. `shared` is what the repository's own `package.json` gives to tests and scripts.
 */
export function houseFaults(house: readonly HousePackage[], shared: ReadonlySet<string>): string[] {
  const byName = new Map(house.map((member) => [member.name, member.folder]));
  const rows = ORDER.flat();
  return [
    ...house.flatMap(({ folder }) =>
      rows.includes(folder) ? [] : [`packages/${folder} has no row in ORDER`],
    ),
    ...rows.flatMap((folder) =>
      house.some((member) => member.folder === folder)
        ? []
        : [`ORDER names ${folder}, and there is no packages/${folder}`],
    ),
    ...house.flatMap((member) =>
      member.files.flatMap((file) =>
        file.imports.flatMap((specifier) =>
          faultsOf({ member, file, specifier, byName, shared }).map(
            (why) =>
              `packages/${member.folder}/${file.part}/${file.path} imports ${specifier}: ${why}`,
          ),
        ),
      ),
    ),
  ];
}

function faultsOf(found: {
  member: HousePackage;
  file: SourceFile;
  specifier: string;
  byName: ReadonlyMap<string, string>;
  shared: ReadonlySet<string>;
}): string[] {
  const { member, file, specifier, byName, shared } = found;
  if (specifier.startsWith('.')) {
    const leaves = file.part === 'src' && depthOf(specifier) > file.path.split('/').length - 1;
    return leaves ? ['a path out of src is there for nobody who installs the package'] : [];
  }
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) return [];
  const name = packageOf(specifier);
  const there =
    name === member.name ||
    member.dependencies.has(name) ||
    (file.part !== 'src' && (member.devDependencies.has(name) || shared.has(name)));
  const faults = there ? [] : [`package.json does not name ${name}`];
  const folder = byName.get(name);
  if (folder !== undefined && folder !== member.folder && file.part === 'src') {
    if (rowOf(folder) >= rowOf(member.folder))
      faults.push(`${folder} is not above ${member.folder}`);
  }
  return faults;
}

/** How many folders up a path begins. */
function depthOf(specifier: string): number {
  return specifier.split('/').filter((part) => part === '..').length;
}

/** Folders of a package that import each other, at once or by way of others, a sentence a pair. */
export function folderCircles(member: HousePackage): string[] {
  const arrows = folderArrows(member);
  return [...arrows].flatMap(([from, targets]) =>
    [...targets]
      .filter((to) => leadsTo(arrows, to, from))
      .map((to) => `packages/${member.folder}/src: ${from} imports ${to}, which leads back to it`),
  );
}
