import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gradeBatch } from '../../src/results/grade-batch.ts';
import { processExecutor } from '../../src/processes/process-pool.ts';
import { ClassFolder } from '../support/class-folder.ts';
import { squares } from '../../../grader/test/support/squares.ts';

let folder: ClassFolder;
let loaded: string[];

beforeEach(() => {
  folder = new ClassFolder();
  loaded = [];
});
afterEach(() => folder.remove());

const grade = (digest = squares.digest) =>
  gradeBatch(
    folder.options({
      jobs: 1,
      executor: processExecutor,
      loadDataset: async (id) => {
        loaded.push(id);
        return { ...squares, digest };
      },
    }),
  );

describe('datasets', () => {
  it('are not needed where no model is handed in', async () => {
    folder.placeSubmission('class/amy', '## Question 2\n\n5 s\n', false);
    const grades = [...(await grade()).grades];
    expect(loaded).toEqual([]);
    expect(grades[0]).toMatchObject({ status: 'final', provenance: { dataDigests: {} } });
  });

  it('are loaded once for a class, and named in the grades that depend on them', async () => {
    folder.placeSubmission('class/amy', '## Question 2\n\n5 s\n');
    folder.placeSubmission('class/ben', '## Question 2\n\n6 s\n', false);
    folder.placeSubmission('class/cid', '## Question 2\n\n7 s\n');
    const grades = [...(await grade()).grades];
    expect(loaded).toEqual(['squares']);
    expect(grades.map(({ provenance }) => provenance.dataDigests)).toEqual([
      { squares: squares.digest },
      {},
      { squares: squares.digest },
    ]);
    expect(grades[0]?.models[0]?.evaluation?.accuracy).toBe(0.9);
  });

  it('that are others than before make grades anew, where a model was examined on them', async () => {
    folder.placeSubmission('class/amy', '## Question 2\n\n5 s\n');
    folder.placeSubmission('class/ben', '## Question 2\n\n6 s\n', false);
    expect((await grade()).reused).toBe(0);
    expect((await grade()).reused).toBe(2);
    expect((await grade('another')).reused).toBe(1);
  });
});
