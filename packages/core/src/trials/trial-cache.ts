import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { hashOf, weightBytes } from '../digest.ts';
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
  /** Which build of Labproof trained it, where it was told. */
  build: z.string().optional(),
  /** SHA-256 of the canonical JSON of all the rest. Absent in what versions before 0.2 kept. */
  checksum: z.string().optional(),
});

/** A file of the cache that is not what was written, and how that shows. */
export interface DamagedFile {
  readonly file: string;
  readonly reason: string;
}

/**
 * What the cache has under a key. `unchecked` is a trial of an older version: its weights are those that it states, but
 * nothing says that its metrics and history are.
 */
export type KeptTrial =
  | { readonly kind: 'absent' }
  | { readonly kind: 'damaged'; readonly damage: DamagedFile }
  | { readonly kind: 'unchecked'; readonly trial: FinishedTrial; readonly file: string }
  | { readonly kind: 'whole'; readonly trial: FinishedTrial };

/** The build of Labproof that trains, by the hash of `thisBuild()`. */
export interface BuildOfTrials {
  readonly hash: string;
  /** Trials and checkpoints of other builds, and those of nobody knows which, count as absent. */
  readonly only: boolean;
}

/**
 * Finished trials and checkpoints in a directory, by content address.
 * Files appear whole or not at all (written aside, then renamed), so a killed process leaves no half entry and
 * two processes may share one cache. An entry that does not match its own digests counts as absent.
 */
export class TrialCache {
  readonly directory: string;
  /** Who trains what is written here; `undefined` where nobody told. */
  readonly build: BuildOfTrials | undefined;
  #temporary = 0;

  constructor(directory: string, build?: BuildOfTrials) {
    this.directory = directory;
    this.build = build;
  }

  /** A trial that is whole by its checksums; `null` for all others. */
  async read(key: string): Promise<FinishedTrial | null> {
    const kept = await this.lookUp(key);
    return kept.kind === 'whole' ? kept.trial : null;
  }

  /** What is kept under a key, and how good it is. */
  async lookUp(key: string): Promise<KeptTrial> {
    const [file, weightsFile] = [this.#path(key, 'json'), this.#path(key, 'weights')];
    const text = await readIfThere(file);
    const bytes = await readIfThere(weightsFile);
    // Weights are written first, so weights alone are of a trial that was never finished.
    if (text === null || bytes === null) return { kind: 'absent' };
    const damaged = (damage: DamagedFile): KeptTrial => ({ kind: 'damaged', damage });
    const entry = EntrySchema.safeParse(parseJson(new TextDecoder().decode(text)));
    if (!entry.success) return damaged({ file, reason: 'it is no entry of a trial' });
    const { checksum, ...rest } = entry.data;
    if (this.#isOfAnother(rest.build)) return { kind: 'absent' };
    if (rest.key !== key) return damaged({ file, reason: 'it is of another trial' });
    if (checksum !== undefined && checksum !== hashOf(rest)) {
      return damaged({ file, reason: 'its content does not match its checksum' });
    }
    // Node's own SHA-256 takes a tenth of the time of the portable one.
    const digest = createHash('sha256').update(bytes).digest('hex');
    if (digest !== rest.result.digest) {
      return damaged({ file: weightsFile, reason: 'the weights are not those of the digest' });
    }
    const weights = splitFloats(bytes, rest.lengths);
    if (weights === null)
      return damaged({ file, reason: 'its lengths are not those of the weights' });
    const trial = { result: rest.result, weights };
    return checksum === undefined ? { kind: 'unchecked', trial, file } : { kind: 'whole', trial };
  }

  /** Keeps a finished trial and forgets its checkpoint. `trained` is false where it was not this build that trained all of it. */
  async write(key: string, { result, weights }: FinishedTrial, trained = true): Promise<void> {
    const lengths = weights.map((array) => array.length);
    // The weights first: an entry counts only when its JSON is there.
    await this.#store(this.#path(key, 'weights'), weightBytes(weights));
    const build = trained && this.build !== undefined ? { build: this.build.hash } : {};
    const content = { key, lengths, result, ...build };
    const checksum = hashOf(content);
    const entry = new TextEncoder().encode(`${JSON.stringify({ ...content, checksum })}\n`);
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

  /** Whether it was this build, as far as anybody told, that trained up to a checkpoint. */
  isOwn(checkpoint: Checkpoint | null): boolean {
    return checkpoint === null || checkpoint.build === this.build?.hash;
  }

  async readCheckpoint(key: string): Promise<Checkpoint | null> {
    const bytes = await readIfThere(this.#path(key, 'checkpoint'));
    const checkpoint = bytes === null ? null : decodeCheckpoint(key, bytes);
    return checkpoint === null || this.#isOfAnother(checkpoint.build) ? null : checkpoint;
  }

  /** A checkpoint that is there and cannot be gone on from; `null` where there is none, or a good one. */
  async damagedCheckpoint(key: string): Promise<DamagedFile | null> {
    const file = this.#path(key, 'checkpoint');
    const bytes = await readIfThere(file);
    if (bytes === null || decodeCheckpoint(key, bytes) !== null) return null;
    return { file, reason: 'its content does not match its checksums' };
  }

  /** `trained` is false where it was not this build that trained all of it. */
  async writeCheckpoint(key: string, checkpoint: Checkpoint, trained = true): Promise<void> {
    const build = trained && this.build !== undefined ? { build: this.build.hash } : {};
    const bytes = encodeCheckpoint(key, { ...checkpoint, ...build });
    await this.#store(this.#path(key, 'checkpoint'), bytes);
  }

  #isOfAnother(build: string | undefined): boolean {
    return this.build?.only === true && build !== this.build.hash;
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
