import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reasonOf } from '@labproof/core';
import { z } from 'zod';
import { cliError } from '../errors.ts';

/** What was given out: every file by its digest, every student's points. */
const ManifestSchema = z.strictObject({
  format: z.literal('labproof-release'),
  version: z.int().positive(),
  labproof: z.string(),
  lab: z.strictObject({ id: z.string(), version: z.string() }),
  /** Digest of the release before; `null` for the first. */
  previous: z.string().nullable(),
  students: z.array(
    z.strictObject({
      student: z.string(),
      score: z.number().nullable(),
      max: z.number(),
      points: z.record(z.string(), z.number().nullable()),
      files: z.array(z.strictObject({ path: z.string(), sha256: z.string() })),
    }),
  ),
});
export type Manifest = z.infer<typeof ManifestSchema>;

/** Where a release keeps the grades that its reports say, apart from what students get. */
const GRADES = 'grades';

export function gradePath(student: string): string {
  return `${GRADES}/${student}.json`;
}

/** Where releases are, inside the graded folder. */
export const RELEASES = 'releases';
export const MANIFEST = 'manifest.json';

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Reads a release as it was given out. Throws an instructor's error where it or one of its files is another. */
export function readRelease(folder: string, version: number, digest: string): Manifest {
  const place = join(folder, RELEASES, String(version));
  const changed = (why: string): Error =>
    cliError('release-changed', {
      message: `Version ${version} in ${place} is not as it was released: ${why}.`,
      fix: 'Restore it from a copy: what students were given is the ground of what has changed since.',
    });
  let manifest: Manifest;
  try {
    const text = readFileSync(join(place, MANIFEST), 'utf8');
    if (sha256(text) !== digest) throw new Error(`${MANIFEST} is another`);
    manifest = ManifestSchema.parse(JSON.parse(text));
    for (const { path, sha256: expected } of manifest.students.flatMap(({ files }) => files)) {
      if (sha256(readFileSync(join(place, path))) !== expected)
        throw new Error(`${path} is another`);
    }
  } catch (error) {
    throw changed(reasonOf(error));
  }
  return manifest;
}
