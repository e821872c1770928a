import { folderStore, openQueue, QueueAddress } from '@labproof/queue';
import type { Benchmark } from '../../benchmark.ts';
import { Crew } from './crew.ts';
import { raceSubmissions } from './submissions.ts';
import { raceTrials } from './trials.ts';

/**
 * Short trials and submissions on this machine alone and over 1, 2 and 4 workers on it. Needs redis-server. Starting
 * workers, loading data and warming up are not counted.
 */
export const queue: Benchmark = {
  name: 'queue',
  about: 'what a job pays for the queue: this machine alone, and over 1, 2 and 4 workers on it',
  rounds: 3,
  options: {
    trials: { type: 'string', default: '60', help: 'short trials' },
    students: { type: 'string', default: '40', help: 'submissions' },
  },
  async run(bench) {
    const crew = new Crew(bench.folder);
    try {
      await crew.ready();
      const open = await openQueue({
        address: QueueAddress.parse(crew.address),
        store: folderStore(crew.files),
        recheck: 0,
        onNotice: (notice) => console.error(notice),
      });
      try {
        await raceTrials(bench, crew, open, Number(bench.option('trials')));
        await raceSubmissions(bench, crew, open, Number(bench.option('students')));
      } finally {
        await open.close();
      }
    } finally {
      await crew.stop();
    }
  },
};
