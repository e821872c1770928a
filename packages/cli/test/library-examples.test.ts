import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleSources } from '../../core/test/support/bundle-sources.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../..', import.meta.url));

/** A program that a README shows, and what it says the program prints. */
interface Example {
  readonly name: string;
  readonly program: string;
  readonly output: string;
}

async function examplesOf(library: string): Promise<Example[]> {
  const readme = await readmeOf(library);
  return [...readme.matchAll(/```ts\n(.*?)```\n.*?(?=```(\w+)\n(.*?)```|$)/gs)].map(
    ([, program = '', language, output = ''], index) => {
      if (language !== 'text') throw new Error(`${library}: example ${index + 1} shows no output`);
      return { name: `${library}-${index + 1}.ts`, program, output };
    },
  );
}

function readmeOf(library: string): Promise<string> {
  return readFile(join(root, 'packages', library, 'README.md'), 'utf8');
}

const libraries = ['core', 'lab', 'exercises', 'submission', 'grader', 'class', 'report'];
const examples = (await Promise.all(libraries.map(examplesOf))).flat();

describe('the examples in the READMEs of the libraries', () => {
  let folder: string;

  // A folder as a user has it: the packages installed, a submission, a class of one.
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'labproof-examples-'));
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    const submission = join(root, 'fixtures/image-recognition/just-above/submission');
    await cp(submission, join(folder, 'submission'), { recursive: true });
    await mkdir(join(folder, 'class'));
    await cp(submission, join(folder, 'class', 'jo'), { recursive: true });
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    await writeFile(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: join(root, 'tsconfig.base.json'), include: ['*.ts'] }),
    );
    for (const { name, program } of examples) await writeFile(join(folder, name), program);
    const programs = examples.map(({ name }) => name);
    await bundleSources(programs, { from: folder, to: join(folder, 'run') });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('are there for every library', () => {
    expect(
      libraries.filter((library) => !examples.some(({ name }) => name.startsWith(library))),
    ).toEqual([]);
  });

  it('are sound TypeScript under strict flags', async () => {
    const compiler = join(root, 'node_modules/.bin/tsc');
    const options = ['-p', folder, '--noEmit', '--allowImportingTsExtensions', '--typeRoots'];
    const types = join(root, 'node_modules/@types');
    const { stdout } = await run(compiler, [...options, types]).catch(
      (error: { stdout: string }) => error,
    );
    expect(stdout).toBe('');
  });

  it.each(examples)('$name prints what the README shows', async ({ name, output }) => {
    const bundle = join('run', name.replace(/\.ts$/u, '.mjs'));
    const { stdout } = await run(process.execPath, [bundle], { cwd: folder });
    expect(stdout.trimEnd()).toBe(output.trimEnd());
  });

  it.each(libraries)(
    '%s: every name in the table of what there is can be imported',
    async (library) => {
      const table = (await readmeOf(library)).split('## What there is')[1]?.split('\n## ')[0] ?? '';
      const missing: string[] = [];
      let found = 0;
      for (const row of table.split('\n')) {
        // A row may say that its names are those of another entry of the package.
        const [path = `@labproof/${library}`] = /@labproof\/[\w/]+/.exec(row) ?? [];
        const entry: object = await import(path);
        for (const [, name = ''] of row.matchAll(/`(\w+)`/g)) {
          if (Object.hasOwn(entry, name)) found += 1;
          else missing.push(`${name} of ${path}`);
        }
      }
      expect(missing).toEqual([]);
      expect(found).toBeGreaterThan(0);
    },
  );
});
