import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { relative } from 'node:path';

/** What a batch does to its output folder, and how far it has come with it when its process ends as by `kill -9`. */
export interface CrashPoint {
  readonly moment: 'before' | 'half' | 'after';
  /** `rename PATH`, `write PATH` or `record EVENT STUDENT`, paths relative to the output folder, or how that begins. */
  readonly deed: string;
}

/** Lets this process end at a point; its functions of `node:fs` are replaced. */
export function crashAt({ moment, deed }: CrashPoint, out: string): void {
  const { renameSync, writeFileSync, writeSync } = fs;
  const die = (): void => {
    process.kill(process.pid, 'SIGKILL');
    // The signal comes at once, but not within the call that sends it.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  };
  /** Does what was asked for in three steps, and dies between them at the point. */
  const act = (name: string, half: () => void, whole: () => unknown): unknown => {
    if (!name.startsWith(deed)) return whole();
    if (moment === 'before') die();
    if (moment === 'half') {
      half();
      die();
    }
    const result = whole();
    die();
    return result;
  };
  const place = (path: unknown): string => relative(out, String(path));
  Object.assign(fs, {
    renameSync: (...args: Parameters<typeof renameSync>) =>
      act(`rename ${place(args[1])}`, die, () => renameSync(...args)),
    writeFileSync: (...args: Parameters<typeof writeFileSync>) =>
      act(
        `write ${place(args[0])}`,
        () => writeFileSync(args[0], String(args[1]).slice(0, String(args[1]).length / 2)),
        () => writeFileSync(...args),
      ),
    writeSync: (file: number, content: string | Uint8Array, ...others: number[]) => {
      const text = String(content);
      const [, event = '', student = ''] =
        /"event":"(\w+)","student":"([^"]*)"/u.exec(text.slice(0, 200)) ?? [];
      return act(
        `record ${event} ${student}`,
        () => writeSync(file, text.slice(0, text.length / 2)),
        () => writeSync(file, content as Uint8Array, ...others),
      );
    },
  });
  syncBuiltinESMExports();
}
