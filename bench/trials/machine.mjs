import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

export function describeMachine() {
  const [cpu] = os.cpus();
  const memory = Math.round(os.totalmem() / 2 ** 30);
  const system = `${os.type()} ${os.release()}, Node.js ${process.versions.node}`;
  return `${cpu?.model.trim()}, ${os.cpus().length} cores, ${memory} GiB, ${system}`;
}

/** How many cores everybody else keeps busy. To be asked while all sides of the benchmark wait. */
export async function othersLoad(seconds) {
  const before = totals();
  await sleep(seconds * 1000);
  const after = totals();
  return os.cpus().length * (1 - (after.idle - before.idle) / (after.all - before.all));
}

/** Waits for a moment in which others keep less than a fifth of a core busy, at most so many seconds; the last load. */
export async function quietMoment(longest) {
  const end = performance.now() + longest * 1000;
  let load = await othersLoad(0.2);
  while (load > 0.2 && performance.now() < end) load = await othersLoad(0.2);
  return load;
}

/** Milliseconds of all cores since the start of the machine. */
function totals() {
  let idle = 0;
  let all = 0;
  for (const { times } of os.cpus()) {
    idle += times.idle;
    all += times.user + times.nice + times.sys + times.irq + times.idle;
  }
  return { idle, all };
}
