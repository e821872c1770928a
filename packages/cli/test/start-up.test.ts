import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'vitest/node';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const packages = fileURLToPath(new URL('../../', import.meta.url));
const cli = join(packages, 'cli/src');

const Manifest = z.object({
  exports: z.record(z.string(), z.object({ '@labproof/source': z.string() })),
});

/** Where a specifier leads: a source of ours by its path, else the name of a package or of a part of Node.js. */
function target(from: string, specifier: string): string {
  if (specifier.startsWith('.')) return join(dirname(from), specifier);
  const [scope, name, ...rest] = specifier.split('/');
  if (scope !== '@labproof' || name === undefined) return specifier;
  const { exports } = Manifest.parse(
    JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8')),
  );
  const entry = exports[['.', ...rest].join('/')]?.['@labproof/source'];
  if (entry === undefined) throw new Error(`${specifier} is not exported`);
  return join(packages, name, entry);
}

/** The imports of a source that are loaded before its first line runs: neither types nor `import()`. */
function loadedBy(file: string): string[] {
  const { body } = parseAst(readFileSync(file, 'utf8'), { lang: 'ts' });
  return body.flatMap((statement) => {
    if (statement.type === 'ImportDeclaration') {
      const typesAlone =
        statement.importKind === 'type' ||
        (statement.specifiers.length > 0 &&
          statement.specifiers.every(
            (one) => one.type === 'ImportSpecifier' && one.importKind === 'type',
          ));
      return typesAlone ? [] : [statement.source.value];
    }
    if (statement.type === 'ExportAllDeclaration' || statement.type === 'ExportNamedDeclaration') {
      return statement.source === null || statement.exportKind === 'type'
        ? []
        : [statement.source.value];
    }
    return [];
  });
}

/** Everything that is loaded with some sources: ours by their paths below `packages`, others by their names. */
function loadedWith(...entries: readonly string[]): string[] {
  const found = new Set<string>();
  const visit = (file: string): void => {
    if (found.has(file)) return;
    found.add(file);
    if (!file.startsWith(packages)) return;
    for (const specifier of loadedBy(file)) visit(target(file, specifier));
  };
  for (const entry of entries) visit(entry);
  return [...found]
    .filter((name) => !name.startsWith('node:'))
    .map((name) => (name.startsWith(packages) ? relative(packages, name) : name));
}

describe('what is loaded before a command runs', () => {
  it('follows imports: everything of a command is found from it', () => {
    const loaded = loadedWith(join(cli, 'commands/grade.ts'));
    expect(loaded).toContain('grader/src/grade/grade-submission.ts');
    expect(loaded).toContain('zod');
    expect(loaded).not.toContain('cli/src/commands/run.ts');
  });

  it('is the command line alone and no command, for the version', () => {
    const loaded = loadedWith(join(cli, 'bin.ts'));
    expect(loaded.toSorted()).toEqual([
      'cli/src/bin.ts',
      'cli/src/errors.ts',
      'cli/src/main.ts',
      'cli/src/program.ts',
      'cli/src/program/context.ts',
      'cli/src/program/exit-codes.ts',
      'cli/src/program/interruption.ts',
      'cli/src/program/safe-output.ts',
      'cli/src/program/usage-text.ts',
      'cli/src/program/version.ts',
      'commander',
      'core/src/errors/catalogue.ts',
      'core/src/errors/index.ts',
      'core/src/errors/labproof-error.ts',
      'core/src/errors/system-words.ts',
    ]);
    expect(createRequire(import.meta.url)('commander')).toHaveProperty('Command');
  });

  it('is no grader for a look at what labs there are, and no pages for a self-check on the terminal', () => {
    const context = join(cli, 'program/open-context.ts');
    const labs = loadedWith(join(cli, 'commands/labs.ts'), context);
    expect(labs).toContain('exercises/src/labs.ts');
    for (const other of ['grader', 'submission', 'report', 'class']) {
      expect(labs).not.toContain(`${other}/src/index.ts`);
    }
    const check = loadedWith(join(cli, 'commands/check.ts'), context);
    expect(check).toContain('grader/src/index.ts');
    expect(check).not.toContain('report/src/index.ts');
  });
});
