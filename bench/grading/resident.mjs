// Memory of a process and all its descendants; only Linux tells.
import { readdirSync, readFileSync } from 'node:fs';

/** Proportional resident memory in MiB: pages that several share are counted once among them. */
export function residentMebibytes(pid) {
  const children = new Map();
  const kibibytes = new Map();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const parent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
      children.set(parent, [...(children.get(parent) ?? []), name]);
      const rollup = readFileSync(`/proc/${name}/smaps_rollup`, 'utf8');
      kibibytes.set(name, Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0));
    } catch {
      // The process has ended, or belongs to somebody else.
    }
  }
  const sum = (id) =>
    (kibibytes.get(id) ?? 0) + (children.get(id) ?? []).reduce((all, child) => all + sum(child), 0);
  return sum(String(pid)) / 1024;
}
