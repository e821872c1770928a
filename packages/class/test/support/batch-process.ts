/**
 * A process that grades the class of a folder: `batch-process.ts FOLDER [MOMENT DEED]`. It says a line a finished
 * submission, and ends at the crash point that it is given.
 */
import { join } from 'node:path';
import { squares } from '../../../grader/test/support/squares.ts';
import { lab } from '../../../submission/test/support/lab.ts';
import { gradeBatch } from '../../src/results/grade-batch.ts';
import { crashAt, type CrashPoint } from './crash-point.ts';

const [folder = '', moment, deed] = process.argv.slice(2);
const out = join(folder, 'out');
if (moment !== undefined && deed !== undefined) {
  crashAt({ moment: moment as CrashPoint['moment'], deed }, out);
}
await gradeBatch({
  paths: [join(folder, 'class')],
  out,
  lab,
  loadDataset: async () => squares,
  engine: 'wasm',
  jobs: 2,
  onProgress: ({ student, reused }) => process.stdout.write(`${student} ${reused}\n`),
});
