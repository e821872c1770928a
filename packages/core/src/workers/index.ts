/** Threads and processes that answer one question after the other, and pools of them. */
export { type AskOptions, type Reply, type WorkerEnd, WorkerHost } from './host.ts';
export { mapSideBySide, Places, type PoolOptions, type WorkerKind, WorkerPool } from './pool.ts';
export { hostProcess, type ProcessHost } from './process.ts';
export { nodeArguments, type StartedModule, startProcess } from './start-module.ts';
export { hostThread } from './thread.ts';
