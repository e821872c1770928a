import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type LabproofError, reasonOf, sha256Hex } from '@labproof/core';
import { compareNames } from '@labproof/lab';
import { create, list } from 'tar';
import { z } from 'zod';
import { packageVersion } from '../program/version.ts';
import { cliError } from '../errors.ts';

/**
 * The tarball that installs Labproof where something of ours is unpacked: it travels along, lies at an address, or has
 * to be put there. No name on a registry is ever asked for it: a stranger may hold that name.
 */
export type Release =
  | {
      readonly kind: 'file';
      readonly name: string;
      readonly sha256: string;
      readonly content: Uint8Array;
    }
  | { readonly kind: 'url'; readonly name: string; readonly sha256: string; readonly url: string }
  | { readonly kind: 'absent'; readonly name: string };

/** How the owner says which release it is. */
export interface ReleaseOptions {
  /** A tarball of `npm run release`, or its https address. */
  readonly release?: string;
  /** What the tarball's SHA-256 must be; an address needs it. */
  readonly sha256?: string;
}

const ManifestSchema = z.looseObject({
  name: z.string(),
  files: z.array(z.string()),
  bundleDependencies: z.array(z.string()).optional(),
});

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Students and autograders grade no demonstration, and its models are five sixths of the bytes. */
const LEFT_OUT = 'demo-class';
const MOST_BYTES = 200_000_000;

/** The release that was named; otherwise the running installation itself, and in a checkout none. */
export async function releaseOf({ release, sha256 }: ReleaseOptions): Promise<Release> {
  const name = `labproof-${packageVersion()}.tgz`;
  if (sha256 !== undefined && !/^[0-9a-f]{64}$/u.test(sha256)) throw noDigest(sha256);
  if (release === undefined) return (await installed(name)) ?? { kind: 'absent', name };
  if (/^[a-z]+:\/\//iu.test(release)) {
    if (!/^https:\/\/[^\s'"\\$`]+$/iu.test(release)) throw badAddress(release);
    if (sha256 === undefined) throw addressWithoutDigest(release);
    return { kind: 'url', name, sha256, url: release };
  }
  const content = await readRelease(release);
  const found = sha256Hex(content);
  if (sha256 !== undefined && sha256 !== found) throw otherDigest(release, found, sha256);
  // The name stands in scripts.
  const plain = /^[A-Za-z0-9][A-Za-z0-9._-]*\.tgz$/u.test(basename(release));
  return { kind: 'file', name: plain ? basename(release) : name, sha256: found, content };
}

/** The running installation as a tarball; `null` where its packages are not bundled, as in a checkout. */
async function installed(name: string): Promise<Release | null> {
  const manifest = ManifestSchema.parse(
    JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')),
  );
  const bundle = (manifest.bundleDependencies ?? []).map((dependency) =>
    join('node_modules', dependency),
  );
  if (bundle.length === 0 || bundle.some((folder) => !existsSync(join(ROOT, folder)))) return null;
  const named = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md', ...manifest.files];
  const files = [...named, ...bundle]
    .filter((path) => path !== LEFT_OUT && existsSync(join(ROOT, path)))
    .flatMap((path) => filesBelow(path))
    .toSorted(compareNames);
  const chunks: Buffer[] = [];
  const stream = create(
    { cwd: ROOT, gzip: true, portable: true, noMtime: true, prefix: 'package' },
    files,
  );
  for await (const chunk of stream) chunks.push(chunk);
  const content = new Uint8Array(Buffer.concat(chunks));
  return { kind: 'file', name, sha256: sha256Hex(content), content };
}

/** Files of a package, without what npm installed into it. */
function filesBelow(path: string): string[] {
  const folder = join(ROOT, path);
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return [path];
  }
  return entries.flatMap((entry) => {
    if (entry.name === 'node_modules') return [];
    const inner = `${path}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(inner) : entry.isFile() ? [inner] : [];
  });
}

/** A tarball with the command and the packages of ours that it needs. */
async function readRelease(file: string): Promise<Uint8Array> {
  let entries: string[];
  let content: Uint8Array;
  try {
    content = new Uint8Array(readFileSync(file));
    if (content.length > MOST_BYTES) throw new Error(`it is ${content.length} bytes long`);
    entries = [];
    await list({ file, strict: true, onReadEntry: ({ path }) => void entries.push(path) });
  } catch (error) {
    throw cliError('pack-release-unreadable', {
      message: `${file} cannot be read as a release of Labproof: ${reasonOf(error)}.`,
      fix: 'Name the file labproof-VERSION.tgz that `npm run release` wrote.',
      cause: error,
    });
  }
  for (const needed of [
    'package/bin/labproof.js',
    'package/node_modules/@labproof/core/package.json',
  ]) {
    if (!entries.includes(needed)) {
      throw cliError('pack-release-unreadable', {
        message: `${file} is no release that installs by itself: ${needed} is not in it.`,
        fix: 'Name the file labproof-VERSION.tgz in the folder of `npm run release`, not one of its packages/.',
      });
    }
  }
  return content;
}

function badAddress(release: string): LabproofError {
  return cliError('pack-release-address', {
    message: `"${release}" is no address from which a release is taken.`,
    fix: 'Give an https address without spaces, quotes and "$", or a file.',
  });
}

function addressWithoutDigest(release: string): LabproofError {
  return cliError('pack-release-address', {
    message: `What lies at ${release} is taken only with its digest.`,
    fix: 'Add --sha256 with the line of labproof-VERSION.tgz in SHA256SUMS.',
  });
}

function noDigest(text: string): LabproofError {
  return cliError('pack-release-digest', {
    message: `"${text}" is no SHA-256.`,
    fix: 'Give the 64 hex digits that stand in SHA256SUMS.',
  });
}

function otherDigest(file: string, found: string, wanted: string): LabproofError {
  return cliError('pack-release-digest', {
    message: `The SHA-256 of ${file} is ${found} and not ${wanted}.`,
    fix: 'Take the file anew from where the release lies.',
  });
}
