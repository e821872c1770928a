import { parentPort, workerData } from 'node:worker_threads';
import {
  type StudentPageAnswer,
  type StudentPageJob,
  type StudentPageSetup,
  studentPage,
} from './student-page.ts';

/** A worker thread: answers each job with the page that it asks for. */
const port = parentPort;
if (port === null) throw new Error('the page worker must be started as a worker thread');
const setup: StudentPageSetup = workerData;

port.on('message', (job: StudentPageJob) => port.postMessage(answer(job)));

function answer(job: StudentPageJob): StudentPageAnswer {
  try {
    return { kind: 'page', html: studentPage(setup, job) };
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { kind: 'failed', message };
  }
}
