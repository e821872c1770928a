import { basename, resolve } from 'node:path';
import { processExecutor, studentId } from '@labproof/class';
import { type Grade, type GradingDataset, selfCheck } from '@labproof/grader';
import type { Lab } from '@labproof/lab';

/**
 * What `labproof check --json` prints for each folder or .zip: graded in a process under its limits, as the command grades.
 * `lab` is a student edition. Throws where one came back without a grade.
 */
export async function checkByCommand(
  paths: readonly string[],
  { lab, datasets }: { readonly lab: Lab; readonly datasets: readonly GradingDataset[] },
): Promise<ReadonlyMap<string, string>> {
  const grades = new Map<string, Grade>();
  await processExecutor.grade({
    setup: {
      kind: 'setup',
      lab,
      engine: 'wasm',
      memoryLimit: 2048,
      limits: {},
      trains: false,
    },
    jobs: paths.map((path) => ({
      kind: 'grade',
      source: { kind: 'parts', parts: [{ path, file: basename(path) }] },
      student: studentId(basename(resolve(path))) || 'submission',
      name: null,
      keptDigest: null,
    })),
    processes: 1,
    timeLimit: 300,
    trainer: null,
    loadDataset: async (id) => {
      const found = datasets.find((dataset) => dataset.id === id);
      if (found === undefined) throw new Error(`there is no dataset ${id}`);
      return found;
    },
    onGraded: ({ source }, result) => {
      if (result === 'unchanged' || source.kind !== 'parts') return;
      grades.set(source.parts[0]?.path ?? '', result.grade);
    },
  });
  return new Map(
    paths.map((path) => {
      const grade = grades.get(path);
      if (grade === undefined) throw new Error(`${path} came back without a grade`);
      return [path, `${JSON.stringify(selfCheck(grade, lab), null, 2)}\n`];
    }),
  );
}
