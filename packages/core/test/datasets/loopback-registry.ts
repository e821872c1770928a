import { createHash } from 'node:crypto';
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { create } from 'tar';
import type { DatasetDefinition } from '../../src/datasets/definition.ts';
import { storedFile } from '../../src/datasets/definition.ts';

/** A new empty folder, and a function that removes it. */
export async function temporaryFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'labproof-datasets-'));
  return { path: folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** A gzipped npm-style tarball of the given files. */
export async function packTarball(files: Readonly<Record<string, Uint8Array>>): Promise<Buffer> {
  const folder = await temporaryFolder();
  try {
    for (const [name, bytes] of Object.entries(files)) {
      const location = path.join(folder.path, 'package', name);
      await mkdir(path.dirname(location), { recursive: true });
      await writeFile(location, bytes);
    }
    const archive = path.join(folder.path, 'archive.tgz');
    await create({ gzip: true, file: archive, cwd: folder.path }, ['package']);
    return await readFile(archive);
  } finally {
    await folder.remove();
  }
}

export const TINY_IMAGES = Uint8Array.of(10, 20, 30, 40, 50, 60, 70, 80);
export const TINY_LABELS = Uint8Array.of(0, 1);

/** A dataset of two 2 × 1 images for training and two for the test, in a package of its own. */
export function tinyDefinition(tarball: Uint8Array): DatasetDefinition {
  const format = {
    title: 'two files',
    files: [
      { name: 'images', maxBytes: 8 },
      { name: 'labels', maxBytes: 2 },
    ],
    place(name: string, bytes: Uint8Array, stored: ReadonlyMap<string, Uint8Array>) {
      storedFile(stored, name).set(bytes);
    },
  };
  const definition: DatasetDefinition = {
    id: 'tiny',
    title: 'Tiny',
    classes: ['a', 'b'],
    imageShape: [2, 1, 1],
    trainCount: 2,
    testCount: 2,
    credit: 'nobody',
    arrays: { trainImages: '', trainLabels: '', testImages: '', testLabels: '' },
    stored: [
      { name: 'images', bytes: 8, sha256: hash(TINY_IMAGES, 'sha256', 'hex') },
      { name: 'labels', bytes: 2, sha256: hash(TINY_LABELS, 'sha256', 'hex') },
    ],
    package: {
      name: 'tiny-data',
      version: '1.0.0',
      integrity: `sha512-${hash(tarball, 'sha512', 'base64')}`,
      bytes: tarball.length,
      directory: 'package/data/',
      format,
    },
    formats: [format],
    open(stored) {
      const images = storedFile(stored, 'images');
      const labels = storedFile(stored, 'labels');
      return {
        id: 'tiny',
        title: 'Tiny',
        classes: ['a', 'b'],
        imageShape: [2, 1, 1],
        train: { images: images.subarray(0, 4), labels, count: 2 },
        test: { images: images.subarray(4), labels, count: 2 },
        digest: '',
      };
    },
  };
  return definition;
}

function hash(bytes: Uint8Array, algorithm: string, encoding: 'hex' | 'base64'): string {
  return createHash(algorithm).update(bytes).digest(encoding);
}

export interface LoopbackRegistry {
  readonly url: string;
  /** The paths that were asked for, in order. */
  readonly requests: string[];
  close(): Promise<void>;
}

/** An npm registry on this machine that offers `tiny-data@1.0.0` with the given bytes. */
export async function startRegistry(tarball: Uint8Array): Promise<LoopbackRegistry> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    if (request.url === '/tiny-data') {
      const dist = { tarball: `${url()}tiny-data/-/tiny-data-1.0.0.tgz` };
      const manifest = { name: 'tiny-data', version: '1.0.0', dist };
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          name: 'tiny-data',
          'dist-tags': { latest: '1.0.0' },
          versions: { '1.0.0': manifest },
        }),
      );
    } else if (request.url === '/tiny-data/-/tiny-data-1.0.0.tgz') {
      response.end(tarball);
    } else {
      response.statusCode = 404;
      response.end('{}');
    }
  });
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: url(),
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** An address on this machine where nobody listens. */
export async function closedRegistry(): Promise<string> {
  const registry = await startRegistry(new Uint8Array(0));
  await registry.close();
  return registry.url;
}
