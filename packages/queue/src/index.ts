export { QueueAddress } from './address.ts';
export { type FileStore, getFile, putFile } from './file-store.ts';
export { folderStore } from './folder-store.ts';
export { type OpenQueue, openQueue, type QueueOptions } from './open-queue.ts';
export { QueueSubmissions } from './queue-submissions.ts';
export { QueueTrials, type QueueTrialsOptions } from './queue-trials.ts';
export { isRechecked } from './recheck.ts';
export { TrainingThreads, type TrainTrial } from './train-in-threads.ts';
export { type RunningWorker, startWorker, type Timing, type WorkerOptions } from './worker.ts';
