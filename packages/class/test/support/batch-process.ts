/** A process that grades the class of a folder: `batch-process.ts FOLDER`. It says a line a finished submission. */
import { gradeBatch } from '../../src/results/grade-batch.ts';
import { lab } from '../../../submission/test/support/lab.ts';
import { squares } from '../../../grader/test/support/squares.ts';

const [folder = ''] = process.argv.slice(2);
await gradeBatch({
  paths: [`${folder}/class`],
  out: `${folder}/out`,
  lab,
  loadDataset: async () => squares,
  engine: 'wasm',
  jobs: 2,
  onProgress: ({ student, reused }) => process.stdout.write(`${student} ${reused}\n`),
});
