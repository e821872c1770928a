import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { coreErrors, ARITHMETIC_VERSION, hashOf, reasonOf } from '@labproof/core';
import type { PlaygroundConfig, PlaygroundRun } from '@labproof/core/playground';
import { z } from 'zod';
import { packageVersion } from '../program/version.ts';

/** Losses of a run that diverged are no numbers of JSON. */
const Loss = z.union([
  z.number(),
  z.enum(['NaN', 'Infinity', '-Infinity']).transform((name) => Number(name)),
]);

const RunSchema = z.strictObject({
  seed: z.int(),
  epochs: z.int(),
  trainLoss: Loss,
  testLoss: Loss,
  lowestTestLoss: Loss,
  firstUnderTarget: z.int().nullable(),
  digest: z.string(),
  history: z.array(z.strictObject({ epoch: z.int(), trainLoss: Loss, testLoss: Loss })),
});

const EntrySchema = z.strictObject({ digest: z.string(), run: z.string() });

/** What a run on the playground depends on. */
export interface PlaygroundRunIdentity {
  readonly config: PlaygroundConfig;
  readonly epochs: number;
  readonly target: number;
  readonly seed: number;
}

/**
 * Finished runs of the playground in a directory, by their content. Files appear whole or not at all, and one that is
 * damaged counts as absent. Runs of another version of Labproof are not taken.
 */
export class KeptPlaygroundRuns {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  async read(identity: PlaygroundRunIdentity): Promise<PlaygroundRun | null> {
    const text = await readFile(this.#path(identity), 'utf8').catch(() => null);
    if (text === null) return null;
    try {
      const entry = EntrySchema.parse(JSON.parse(text));
      return hashOf(entry.run) === entry.digest ? RunSchema.parse(JSON.parse(entry.run)) : null;
    } catch {
      return null;
    }
  }

  /** Throws `cache-not-writable`. */
  async write(identity: PlaygroundRunIdentity, run: PlaygroundRun): Promise<void> {
    const text = JSON.stringify(run, (_, value: unknown) =>
      typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
    );
    const path = this.#path(identity);
    const aside = `${path}.${randomUUID()}.tmp`;
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(aside, `${JSON.stringify({ digest: hashOf(text), run: text })}\n`);
      await rename(aside, path);
    } catch (error) {
      await rm(aside, { force: true }).catch(() => undefined);
      throw coreErrors.error('cache-not-writable', {
        message: `a finished run cannot be kept: ${reasonOf(error)}`,
        fix: `Free some space or make ${this.#directory} writable, or set LABPROOF_CACHE to another directory. Run the same command again to go on.`,
        cause: error,
      });
    }
  }

  #path(identity: PlaygroundRunIdentity): string {
    const key = hashOf({
      arithmetic: ARITHMETIC_VERSION,
      labproof: packageVersion(),
      ...identity,
    });
    return join(this.#directory, 'playground', key.slice(0, 2), `${key}.json`);
  }
}
