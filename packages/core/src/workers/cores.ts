/** More threads than this help nobody: the parts become too small. */
export const MOST_THREADS = 128;

/** On how many threads one task is computed: so many, or what its share of the cores is. */
export type ThreadsOfATask = number | { readonly cores: number };

/**
 * The threads of each of some tasks. Tasks side by side come first, because they have nothing to wait for; where there are
 * fewer of them than cores, each gets its share of these.
 */
export function threadsOf(wanted: ThreadsOfATask, sideBySide: number, tasks: number): number {
  if (typeof wanted === 'number') return Math.min(wanted, MOST_THREADS);
  const width = Math.max(1, Math.min(sideBySide, tasks));
  return Math.min(Math.max(1, Math.floor(wanted.cores / width)), MOST_THREADS);
}

/** How the cores of a machine are used: so many tasks side by side, each on so many threads. */
export interface CoreShares {
  readonly jobs: number;
  readonly threads: ThreadsOfATask;
}

/**
 * Shares out the cores as somebody wishes, so that tasks × threads are no more than there are: where both are named, the
 * tasks count. More tasks than cores are as wished, on one thread each.
 */
export function shareCores(
  cores: number,
  { jobs, threads = 'auto' }: { readonly jobs?: number; readonly threads?: number | 'auto' },
): CoreShares {
  if (threads === 'auto') return { jobs: jobs ?? cores, threads: { cores } };
  const most = Math.max(1, Math.floor(cores / (jobs ?? 1)));
  const each = Math.min(threads, most);
  return { jobs: jobs ?? Math.floor(cores / each), threads: each };
}
