import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { create } from 'tar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesInZip } from './files-in-zip.ts';
import { type Outcome, runInProcess } from './harness.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../..', import.meta.url));
const NAME = 'labproof-9.9.9.tgz';

let work: string;
let tarball: string;
let sha256: string;
const pack = (...options: string[]): Promise<Outcome> =>
  runInProcess(['pack', 'image-recognition', ...options], join(work, 'cache'));

/** A tarball that holds empty files. */
async function tarOf(name: string, files: readonly string[]): Promise<string> {
  const cwd = join(work, `${name}-files`);
  for (const file of files) {
    await mkdir(dirname(join(cwd, file)), { recursive: true });
    await writeFile(join(cwd, file), '{}');
  }
  const file = join(work, name);
  await create({ file, cwd, gzip: true }, ['package']);
  return file;
}

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'labproof-release-'));
  tarball = await tarOf(NAME, [
    'package/bin/labproof.js',
    'package/node_modules/@labproof/core/package.json',
  ]);
  sha256 = createHash('sha256')
    .update(await readFile(tarball))
    .digest('hex');
});
afterAll(() => rm(work, { recursive: true, force: true }));

describe('a student edition', () => {
  it('carries the release that is named, with its digest and how to install it', async () => {
    const out = join(work, 'edition');
    const { exitCode, err } = await pack('--student', '--out', out, '--release', tarball);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(await readFile(join(out, NAME))).toEqual(await readFile(tarball));
    expect(await readFile(join(out, 'SHA256SUMS'), 'utf8')).toBe(`${sha256}  ${NAME}\n`);
    const readme = await readFile(join(out, 'README.md'), 'utf8');
    expect(readme).toContain(`npm install --prefix labproof ./${NAME}`);
    expect(readme).toContain(sha256);
    expect(readme).toContain('labproof --labs . check YOUR-SUBMISSION --lab image-recognition');
    // Still a lab, whatever lies beside its files.
    const labs = await runInProcess(['--labs', out, 'labs', 'image-recognition'], work);
    expect(labs.exitCode).toBe(0);
  });

  it('names the address with its digest, or says that the file is to be put there', async () => {
    const out = join(work, 'by-address');
    const url = 'https://example.org/releases/labproof-0.1.0.tgz';
    const options = ['--release', url, '--sha256', sha256];
    expect((await pack('--student', '--out', out, ...options)).exitCode).toBe(0);
    const readme = await readFile(join(out, 'README.md'), 'utf8');
    expect(readme).toMatch(/curl -fL -o labproof-\S+\.tgz 'https:\/\/example\.org/u);
    expect(await readFile(join(out, 'SHA256SUMS'), 'utf8')).toContain(sha256);
    const bare = await pack('--student', '--out', join(work, 'bare'), '--json');
    expect(bare.exitCode).toBe(0);
    expect(bare.err).toContain('no Labproof travels with it');
    expect(JSON.parse(bare.out)).toMatchObject({ release: { kind: 'absent', sha256: null } });
  });

  it.each([
    ['an address without a digest', ['https://example.org/x.tgz'], 'pack-release-address'],
    ['an address that is not https', ['http://example.org/x.tgz'], 'pack-release-address'],
    ['an address with a quote', ["https://example.org/'x.tgz"], 'pack-release-address'],
    ['a digest that is none', ['TARBALL', '--sha256', 'abc'], 'pack-release-digest'],
    ['another digest', ['TARBALL', '--sha256', '0'.repeat(64)], 'pack-release-digest'],
    ['a file that is none', ['nowhere.tgz'], 'pack-release-unreadable'],
    ['the package alone', ['PLAIN'], 'pack-release-unreadable'],
  ])('is not packed with %s', async (_, options, code) => {
    const plain = await tarOf('plain.tgz', ['package/bin/labproof.js']);
    const named = options.map((text) => text.replace('TARBALL', tarball).replace('PLAIN', plain));
    const out = join(work, 'refused');
    const { exitCode, err } = await pack('--student', '--out', out, '--release', ...named);
    expect(exitCode).toBe(2);
    expect(err).toContain(`[${code}]`);
    await expect(readFile(join(out, 'lab.yaml'))).rejects.toThrow('ENOENT');
  });
});

describe('setup.sh of an autograder', () => {
  /** Runs it with stand-ins for the programs that would change a machine; gives what they were asked for. */
  async function setUp(
    name: string,
    change: (source: string) => Promise<void>,
    ...options: string[]
  ): Promise<{ failed: string | null; asked: string }> {
    const zip = join(work, `${name}.zip`);
    expect((await pack('--gradescope', '--out', zip, ...options)).exitCode).toBe(0);
    const source = join(work, name, 'source');
    const programs = join(work, name, 'programs');
    const log = join(work, name, 'asked.txt');
    await mkdir(programs, { recursive: true });
    for (const program of ['apt-get', 'curl', 'npm', 'labproof']) {
      const file = join(programs, program);
      await writeFile(file, `#!/bin/sh\necho "${program} $*" >> '${log}'\n`);
      await chmod(file, 0o755);
    }
    await mkdir(source, { recursive: true });
    for (const [path, { content }] of filesInZip(await readFile(zip))) {
      await writeFile(join(source, path), content);
    }
    // The tarball is no text.
    if (options[1] === tarball) await writeFile(join(source, NAME), await readFile(tarball));
    await change(source);
    const env = {
      PATH: `${programs}:${process.env['PATH']}`,
      AUTOGRADER: join(work, name),
    };
    const failed = await run('bash', [join(source, 'setup.sh')], { env }).then(
      () => null,
      (error: unknown) => String(error),
    );
    return { failed, asked: await readFile(log, 'utf8') };
  }
  const nothing = (): Promise<void> => Promise.resolve();

  it('installs the tarball that came along, and no other', async () => {
    const good = await setUp('good', nothing, '--release', tarball);
    expect(good.failed).toBeNull();
    expect(good.asked).toContain(`npm install --global ./${NAME}\n`);
    expect(good.asked).toContain('labproof datasets pull mnist');
    const changed = await setUp(
      'changed',
      (source) => writeFile(join(source, NAME), 'another'),
      '--release',
      tarball,
    );
    expect(changed.failed).toContain('did NOT match');
    expect(changed.asked).not.toContain('npm');
  });

  it('stops where the tarball is missing, instead of asking a registry for its name', async () => {
    const { failed, asked } = await setUp('absent', nothing);
    expect(failed).toContain('is missing');
    expect(asked).not.toContain('npm');
  });

  it('fetches an address and compares what came', async () => {
    const options = ['--release', 'https://example.org/labproof.tgz', '--sha256', sha256];
    const { failed, asked } = await setUp('fetched', nothing, ...options);
    // The stand-in for curl fetches nothing, so there is nothing to install.
    expect(failed).not.toBeNull();
    expect(asked).toContain('https://example.org/labproof.tgz');
    expect(asked).not.toContain('npm');
  });
});

describe('what we hand out and document', () => {
  it('never asks a registry for a package of ours by its name', async () => {
    const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
      .split('\0')
      .filter((file) => ['.md', '.ts', '.yml', '.yaml', '.mjs', '.sh'].includes(extname(file)))
      .filter((file) => !/^packages\/[^/]+\/(?:test|CHANGELOG)|^\.changeset\//u.test(file));
    const asking =
      /(?:npx|npm (?:exec|i|install|add)|pnpm dlx|yarn dlx|bunx)(?: +--?[\w-]+(?:=\S+)?)* +(?:labproof|@labproof\/[\w-]+)(?:@[\w.^~]+)?(?=[\s`'",)]|$)/gmu;
    const found: string[] = [];
    for (const file of files) {
      const text = await readFile(join(root, file), 'utf8').catch(() => '');
      for (const [command] of text.matchAll(asking)) {
        // `npx --no` never fetches, and a checkout has the command in its node_modules.
        if (!command.includes(' --no ') && !/--prefix labproof/u.test(command)) {
          found.push(`${file}: ${command}`);
        }
      }
    }
    expect(files.length).toBeGreaterThan(500);
    expect(found).toEqual([]);
  });
});
