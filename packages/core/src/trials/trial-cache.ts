import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { weightBytes } from '../digest.ts';
import { coreError } from '../errors/core-errors.ts';
import { TrialResultSchema } from './trial-result.ts';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint, splitFloats } from './checkpoint.ts';
import { reasonOf } from '../errors/reason.ts';

/** A finished trial as it is kept: the result and the trained weights. */
export interface FinishedTrial {
  readonly result: z.infer<typeof StoredResultSchema>;
  readonly weights: readonly Float32Array[];
}

const StoredResultSchema = TrialResultSchema.omit({ cached: true });
const EntrySchema = z.strictObject({
  key: z.string(),
  lengths: z.array(z.int()),
  result: StoredResultSchema,
});

/**
 * Finished trials and checkpoints in a directory, by content address.
 * Files appear whole or not at all (written aside, then renamed), so a killed process leaves no half entry and
 * two processes may share one cache. An entry that does not match its own digest counts as absent.
 */
export class TrialCache {
  readonly directory: string;
  #temporary = 0;

  constructor(directory: string) {
    this.directory = directory;
  }

  async read(key: string): Promise<FinishedTrial | null> {
    const text = await readIfThere(this.#path(key, 'json'));
    const bytes = await readIfThere(this.#path(key, 'weights'));
    if (text === null || bytes === null) return null;
    const entry = EntrySchema.safeParse(parseJson(new TextDecoder().decode(text)));
    if (!entry.success || entry.data.key !== key) return null;
    // Node's own SHA-256 takes a tenth of the time of the portable one.
    const digest = createHash('sha256').update(bytes).digest('hex');
    if (digest !== entry.data.result.digest) return null;
    const weights = splitFloats(bytes, entry.data.lengths);
    return weights === null ? null : { result: entry.data.result, weights };
  }

  /** Keeps a finished trial and forgets its checkpoint. */
  async write(key: string, { result, weights }: FinishedTrial): Promise<void> {
    const lengths = weights.map((array) => array.length);
    // The weights first: an entry counts only when its JSON is there.
    await this.#store(this.#path(key, 'weights'), weightBytes(weights));
    const entry = new TextEncoder().encode(`${JSON.stringify({ key, lengths, result })}\n`);
    await this.#store(this.#path(key, 'json'), entry);
    await rm(this.#path(key, 'checkpoint'), { force: true });
  }

  /** Forgets a trial, with its checkpoint. */
  async remove(key: string): Promise<void> {
    for (const extension of ['json', 'weights', 'checkpoint']) {
      await rm(this.#path(key, extension), { force: true });
    }
  }

  /** Takes away what threads of this process have written aside for a trial and not put into its place. */
  async sweep(key: string): Promise<void> {
    const folder = dirname(this.#path(key, 'json'));
    const mine = `.${process.pid}.`;
    for (const name of await readdir(folder).catch(() => [])) {
      if (!name.startsWith(key) || !name.includes(mine) || !name.endsWith('.tmp')) continue;
      await rm(join(folder, name), { force: true });
    }
  }

  async readCheckpoint(key: string): Promise<Checkpoint | null> {
    const bytes = await readIfThere(this.#path(key, 'checkpoint'));
    return bytes === null ? null : decodeCheckpoint(key, bytes);
  }

  async writeCheckpoint(key: string, checkpoint: Checkpoint): Promise<void> {
    await this.#store(this.#path(key, 'checkpoint'), encodeCheckpoint(key, checkpoint));
  }

  #path(key: string, extension: string): string {
    return join(this.directory, key.slice(0, 2), `${key}.${extension}`);
  }

  async #store(path: string, bytes: Uint8Array): Promise<void> {
    this.#temporary += 1;
    const aside = `${path}.${process.pid}.${this.#temporary}.tmp`;
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(aside, bytes);
      await rename(aside, path);
    } catch (error) {
      await rm(aside, { force: true }).catch(() => undefined);
      throw coreError('cache-not-writable', {
        message: `The trial cache cannot be written: ${reasonOf(error)}.`,
        fix: `Free some space or make ${this.directory} writable, or set LABPROOF_CACHE to another directory. Finished trials are kept; run the same command again to go on.`,
        cause: error,
      });
    }
  }
}

async function readIfThere(path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
