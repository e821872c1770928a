import { parentPort, workerData } from 'node:worker_threads';

/** Answers "again" with what it was started with; ends itself, throws, or says something first where it is told to. */
parentPort?.on('message', (question: string) => {
  if (question === 'exit') process.exit(3);
  if (question === 'throw') throw new Error('thrown in the thread');
  if (question === 'slow') return;
  if (question === 'tell') parentPort?.postMessage({ notice: 'a moment' });
  parentPort?.postMessage({ answer: `${question} ${String(workerData)}` });
});
