/** Threads and processes that answer one question after the other, and pools of them. */
export { type CoreShares, shareCores, type ThreadsOfATask, threadsOf } from './cores.ts';
export { type WorkerEnd, WorkerHost } from './host.ts';
export { mapSideBySide, Places, WorkerPool } from './pool.ts';
export { hostProcess, type ProcessHost } from './process.ts';
export { nodeArguments, startProcess } from './start-module.ts';
export { withoutStrayRejections } from './stray-rejections.ts';
export { hostThread } from './thread.ts';
