import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { hashOf } from '@labproof/core';

/** `<date>.<host>.<process>.<its start>.<random>`; a night that has let go of a folder has `free` for host and process. */
const NAME = /^(?<date>\d{4}-\d{2}-\d{2})\.(?<owner>free|[0-9a-f]{8}\.\d+\.\d+)\.[0-9a-f-]{36}$/u;

/**
 * The folders with the trials of nights. They are kept apart by what computes (`fingerprint`: code, kernels, engine), so
 * that nothing is taken from a night of another build, and each belongs to one running night: two nights at once
 * neither share nor delete anything. A folder whose night was killed is taken over by the next of the same date.
 */
export class NightFolders {
  readonly #nights: string;
  readonly #root: string;
  readonly #owned = new Map<string, string>();

  /** `nights` holds the folders of all builds. */
  constructor(nights: string, fingerprint: unknown) {
    this.#nights = nights;
    this.#root = join(nights, hashOf(fingerprint).slice(0, 16));
  }

  /** The folder of a night, which is nobody else's until it is given back. */
  async claim(date: string): Promise<string> {
    const known = this.#owned.get(date);
    if (known !== undefined) return known;
    await mkdir(this.#root, { recursive: true });
    const own = join(this.#root, `${date}.${await thisProcess()}.${randomUUID()}`);
    // Renaming is atomic: of two nights that want the same folder one gets it, and the other goes on to the next.
    const adopted = (await this.#abandoned(date)).map((name) => join(this.#root, name));
    for (const path of adopted) {
      try {
        await rename(path, own);
        this.#owned.set(date, own);
        return own;
      } catch {
        continue;
      }
    }
    await mkdir(own);
    this.#owned.set(date, own);
    return own;
  }

  /** Deletes the folder of a night that is done. */
  async remove(date: string): Promise<void> {
    const path = this.#owned.get(date);
    if (path === undefined) return;
    this.#owned.delete(date);
    await rm(path, { recursive: true, force: true });
  }

  /** Deletes what nights of other dates have left, of any build, if they run no more; `kept` is a date to go on with. */
  async sweep(today: string, kept: string | null): Promise<void> {
    for (const build of await readdir(this.#nights).catch(() => [])) {
      if (!/^[0-9a-f]{16}$/u.test(build)) continue;
      const root = join(this.#nights, build);
      for (const name of await readdir(root)) {
        const { groups } = NAME.exec(name) ?? {};
        const date = groups?.['date'];
        if (date === undefined || date === today || date === kept) continue;
        if (await isAlive(groups?.['owner'] ?? '')) continue;
        await rm(join(root, name), { recursive: true, force: true });
      }
    }
  }

  /** Leaves what is not done to a later night. */
  async release(): Promise<void> {
    for (const [date, path] of this.#owned) {
      await rename(path, join(this.#root, `${date}.free.${randomUUID()}`));
    }
    this.#owned.clear();
  }

  async #abandoned(date: string): Promise<string[]> {
    const names: string[] = [];
    for (const name of (await readdir(this.#root)).toSorted()) {
      const { groups } = NAME.exec(name) ?? {};
      if (groups?.['date'] !== date) continue;
      if (!(await isAlive(groups['owner'] ?? ''))) names.push(name);
    }
    return names;
  }
}

async function thisProcess(): Promise<string> {
  return `${thisHost()}.${process.pid}.${(await startOf(process.pid)) ?? 0}`;
}

/** Whether the owner of a folder still runs. Of other machines nobody knows, so theirs are left alone. */
async function isAlive(owner: string): Promise<boolean> {
  if (owner === 'free') return false;
  const [host, pid = '', start] = owner.split('.');
  if (host !== thisHost()) return true;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    // Without the right to signal it, it still is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  // Numbers of processes come again; the time of their start does not.
  const now = await startOf(Number(pid));
  return now === null || String(now) === start;
}

function thisHost(): string {
  return hashOf(hostname()).slice(0, 8);
}

/** When a process was started, in ticks since the machine was; `null` where the system does not tell. */
async function startOf(pid: number): Promise<number | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The name of the program may hold spaces and parentheses; the start is the 20th field after it.
    const start = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
    return Number.isSafeInteger(start) ? start : null;
  } catch {
    return null;
  }
}
