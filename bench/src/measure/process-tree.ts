import { readdirSync, readFileSync } from 'node:fs';

/** What a process and all its descendants hold and have computed; only Linux tells. */
export interface TreeUse {
  /** Proportional resident memory in MiB: pages that several share are counted once among them. */
  readonly mebibytes: number;
  /** Processor seconds so far of each process that is alive, by its number. */
  readonly seconds: ReadonlyMap<number, number>;
}

/** Looks at a process and its descendants. */
export function lookAtTree(root: number): TreeUse {
  const children = new Map<number, number[]>();
  const found = new Map<number, { kibibytes: number; seconds: number }>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/u.test(entry))) {
    const pid = Number(name);
    try {
      const { parent, seconds } = readStat(pid);
      const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
      found.set(pid, { kibibytes: Number(/^Pss:\s+(\d+)/mu.exec(rollup)?.[1] ?? 0), seconds });
      children.set(parent, [...(children.get(parent) ?? []), pid]);
    } catch {
      // The process has ended, or belongs to somebody else.
    }
  }
  const seconds = new Map<number, number>();
  let kibibytes = 0;
  const queue = [root];
  for (let pid = queue.pop(); pid !== undefined; pid = queue.pop()) {
    const process = found.get(pid);
    if (process !== undefined) {
      kibibytes += process.kibibytes;
      seconds.set(pid, process.seconds);
    }
    queue.push(...(children.get(pid) ?? []));
  }
  return { mebibytes: kibibytes / 1024, seconds };
}

/** Processor seconds of a process so far, without its children. */
export function processorSeconds(pid: number): number {
  return readStat(pid).seconds;
}

/** Fields 4, 14 and 15 of proc(5), the last two in ticks of a hundredth of a second. */
function readStat(pid: number): { parent: number; seconds: number } {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { parent: Number(fields[1]), seconds: (Number(fields[11]) + Number(fields[12])) / 100 };
}
