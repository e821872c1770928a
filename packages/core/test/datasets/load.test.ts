import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DatasetDefinition } from '../../src/datasets/definition.ts';
import type { DatasetProgress } from '../../src/datasets/download.ts';
import { loadDefinition } from '../../src/datasets/load.ts';
import { LabproofError } from '../../src/errors/labproof-error.ts';
import {
  type LoopbackRegistry,
  TINY_IMAGES,
  TINY_LABELS,
  closedRegistry,
  packTarball,
  startRegistry,
  temporaryFolder,
  tinyDefinition,
} from './loopback-registry.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let tarball: Buffer;
let definition: DatasetDefinition;
let registry: LoopbackRegistry;

beforeEach(async () => {
  folder = await temporaryFolder();
  tarball = await packTarball({
    'data/images': TINY_IMAGES,
    'data/labels': TINY_LABELS,
    'index.js': Buffer.from('throw new Error("this must never run")'),
  });
  definition = tinyDefinition(tarball);
  registry = await startRegistry(tarball);
  vi.stubEnv('npm_config_registry', registry.url);
  vi.stubEnv('no_proxy', '127.0.0.1');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await registry.close();
  await folder.remove();
});

async function refusal(promise: Promise<unknown>): Promise<LabproofError> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof LabproofError) return error;
  throw new Error('there was no LabproofError', { cause: error });
}

const load = (options: { offline?: boolean; onProgress?: (p: DatasetProgress) => void } = {}) =>
  loadDefinition(definition, { cacheDirectory: folder.path, ...options });
const stored = (name: string) => path.join(folder.path, 'tiny', name);

describe('loadDataset', () => {
  it('downloads once and then needs no network', async () => {
    const first = await load();
    expect([...first.train.images, ...first.test.images]).toEqual([...TINY_IMAGES]);
    expect(registry.requests).toEqual(['/tiny-data', '/tiny-data/-/tiny-data-1.0.0.tgz']);
    await registry.close();
    expect(await load({ offline: true })).toEqual(first);
    expect((await readdir(path.join(folder.path, 'tiny'))).toSorted()).toEqual([
      'images',
      'labels',
    ]);
  });

  it('tells how far it is, from the first byte to the last', async () => {
    const seen: DatasetProgress[] = [];
    await load({ onProgress: (progress) => seen.push(progress) });
    const downloads = seen.filter(({ phase }) => phase === 'download');
    expect(downloads.at(-1)).toEqual({
      phase: 'download',
      receivedBytes: tarball.length,
      totalBytes: tarball.length,
    });
    expect(seen.at(-1)).toEqual({ phase: 'store', receivedBytes: 10, totalBytes: 10 });
  });

  it.each([
    ['a changed byte', Uint8Array.of(10, 20, 30, 40, 50, 60, 70, 81), 'SHA-256'],
    ['a lost end', Uint8Array.of(10, 20), '2 bytes long instead of 8'],
  ])('names a stored file with %s and fetches it again', async (_, bytes, why) => {
    await load();
    await writeFile(stored('images'), bytes);
    const damaged: { path: string; why: string }[] = [];
    const dataset = await loadDefinition(definition, {
      cacheDirectory: folder.path,
      onDamaged: (problem) => damaged.push(problem),
    });
    expect(damaged).toEqual([{ path: stored('images'), why: expect.stringContaining(why) }]);
    expect([...dataset.train.images]).toEqual([10, 20, 30, 40]);
    expect(new Uint8Array(await readFile(stored('images')))).toEqual(TINY_IMAGES);
  });

  it('offline, names the damaged file instead of using it', async () => {
    await load();
    await writeFile(stored('labels'), 'xx');
    const error = await refusal(load({ offline: true }));
    expect(error.code).toBe('dataset-not-stored');
    expect(error.message).toContain(`${stored('labels')} is damaged`);
    expect(error.fix).toContain('labproof datasets pull tiny');
  });

  it('says what it asked, why that failed and what to do when nobody answers', async () => {
    const address = await closedRegistry();
    vi.stubEnv('npm_config_registry', address);
    const error = await refusal(load());
    expect(error).toMatchObject({ code: 'dataset-unreachable', owner: 'instructor' });
    expect(error.message).toContain(`asked ${address} for tiny-data@1.0.0`);
    expect(error.message).toContain('ECONNREFUSED');
    for (const way of ['labproof datasets pull', 'LABPROOF_DATA', 'labproof datasets add']) {
      expect(error.fix).toContain(way);
    }
  });

  it('refuses a package with another integrity and stores nothing of it', async () => {
    await registry.close();
    const forged = await packTarball({
      'data/images': TINY_IMAGES,
      'data/labels': Uint8Array.of(1, 0),
    });
    registry = await startRegistry(forged);
    vi.stubEnv('npm_config_registry', registry.url);
    const error = await refusal(load());
    expect(error).toMatchObject({ code: 'dataset-integrity', owner: 'instructor' });
    expect(error.message).toContain(registry.url);
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('stops reading a package that is longer than it may be', async () => {
    await registry.close();
    registry = await startRegistry(Buffer.concat([tarball, Buffer.alloc(50_000_000)]));
    vi.stubEnv('npm_config_registry', registry.url);
    let received = 0;
    const error = await refusal(
      load({ onProgress: (progress) => (received = progress.receivedBytes) }),
    );
    expect(error.code).toBe('dataset-integrity');
    expect(received).toBeLessThanOrEqual(tarball.length);
  });

  it('says that a registry does not offer the package', async () => {
    const { package: source } = definition;
    if (source === null) throw new Error('a package was expected');
    definition = { ...definition, package: { ...source, name: `${source.name}-elsewhere` } };
    const error = await refusal(load());
    expect(error.code).toBe('dataset-not-offered');
    expect(error.message).toContain('tiny-data-elsewhere@1.0.0');
  });

  it('refuses a package whose content is not the known one', async () => {
    const [images, labels] = definition.stored;
    if (images === undefined || labels === undefined) throw new Error('two files were expected');
    definition = { ...definition, stored: [images, { ...labels, sha256: '0'.repeat(64) }] };
    const error = await refusal(load());
    expect(error.code).toBe('dataset-content-differs');
    expect(error.message).toContain('labels: its SHA-256 is');
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('lets several load at once', async () => {
    const all = await Promise.all([load(), load(), load(), load()]);
    for (const { train } of all) expect([...train.images]).toEqual([10, 20, 30, 40]);
    expect((await readdir(path.join(folder.path, 'tiny'))).toSorted()).toEqual([
      'images',
      'labels',
    ]);
  });

  it('does not obey an .npmrc in the working directory', async () => {
    await writeFile(path.join(folder.path, '.npmrc'), `registry=${await closedRegistry()}\n`);
    await writeFile(path.join(folder.path, 'user-npmrc'), `registry=${registry.url}\n`);
    vi.stubEnv('npm_config_registry', undefined);
    vi.stubEnv('npm_config_userconfig', path.join(folder.path, 'user-npmrc'));
    const before = process.cwd();
    process.chdir(folder.path);
    try {
      expect((await load()).train.count).toBe(2);
    } finally {
      process.chdir(before);
    }
  });

  it('says so when the store cannot be written', async () => {
    await writeFile(path.join(folder.path, 'tiny'), 'a file where a folder belongs');
    const error = await refusal(load());
    expect(error).toMatchObject({ code: 'dataset-store-unwritable', owner: 'instructor' });
    expect(error.message).toContain(path.join(folder.path, 'tiny'));
    expect(error.fix).toContain('LABPROOF_DATA');
  });
});
