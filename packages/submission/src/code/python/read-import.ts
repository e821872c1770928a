import type { ImportedName, Statement } from '../syntax.ts';
import { dividedAt, type NodeReader, type Nodes } from './nodes.ts';

/** `import a.b as c, d` is a statement for each module, `from .a import (b as c, d)` is one. */
export function readImport(nodes: Nodes, reader: NodeReader): Statement[] {
  const start = nodes.findIndex(({ name }) => name === 'import');
  const pathOf = (part: Nodes): string => part.map((node) => reader.textOf(node)).join('');
  const imported = dividedAt(
    nodes.slice(start + 1).filter(({ name }) => name !== '(' && name !== ')'),
    ',',
  )
    .filter((part) => part.length > 0)
    .map((part): ImportedName => {
      const [path = [], [alias] = []] = dividedAt(part, 'as');
      return { name: pathOf(path), alias: reader.nameOf(alias) };
    });
  if (nodes[0]?.name === 'from') {
    const module = pathOf(nodes.slice(1, start));
    return [{ kind: 'import', module, alias: null, names: imported, torn: false }];
  }
  return imported.map(({ name, alias }) => ({
    kind: 'import',
    module: name,
    alias,
    names: null,
    torn: false,
  }));
}
