import os from 'node:os';

export function describeMachine(): string {
  const [cpu] = os.cpus();
  const memory = Math.round(os.totalmem() / 2 ** 30);
  const system = `${os.type()} ${os.release()}, Node.js ${process.versions.node}`;
  return `${cpu?.model.trim() ?? process.arch}, ${os.cpus().length} cores, ${memory} GiB, ${system}`;
}

/** Runs something that tells its own processor seconds, and says how many cores everybody else kept busy meanwhile. */
export async function watchOthers<T extends { readonly cpu: number }>(
  run: () => Promise<T>,
): Promise<T & { readonly others: number }> {
  const before = totals();
  const result = await run();
  const after = totals();
  const all = after.all - before.all;
  const busy = all - (after.idle - before.idle);
  const others = (os.cpus().length * (busy - result.cpu * 1000)) / all;
  return { ...result, others: Math.max(0, others) };
}

/** Milliseconds of all cores since the start of the machine. */
function totals(): { idle: number; all: number } {
  let idle = 0;
  let all = 0;
  for (const { times } of os.cpus()) {
    idle += times.idle;
    all += times.user + times.nice + times.sys + times.irq + times.idle;
  }
  return { idle, all };
}
