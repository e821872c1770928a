// Labproof's bare evaluation of submitted models, reading and planning included; its arguments are the number of threads
// and the engine.
import { join } from 'node:path';
import { openSubmission } from '@labproof/class';
import { ARITHMETIC_VERSION, loadDataset, openKernels } from '@labproof/core';
import { findExercise, Labs } from '@labproof/exercises';
import { checkKinds, evaluateModel } from '@labproof/grader';
import { DEFAULT_LIMITS, identify, readModel } from '@labproof/submission';
import { LAB } from '../lab.ts';
import { serveEvaluations } from '../evaluator.ts';

const [, , threads = '1', engine = 'auto'] = process.argv;

await serveEvaluations(async ({ folder, exercise }) => {
  const lab = new Labs().find(LAB);
  const { loss } = findExercise(lab, exercise).recipe;
  const dataset = await loadDataset('mnist');
  const kernels = await openKernels(engine === 'wasm' ? 'wasm' : 'auto', {
    threads: Number(threads),
  });
  return {
    versions: `${ARITHMETIC_VERSION}, ${kernels.engine} ${kernels.level}`,
    evaluate: (student) =>
      Promise.resolve(async () => {
        const files = await openSubmission(join(folder, student));
        const [source] = identify(files, lab, checkKinds).models;
        if (source === undefined) throw new Error(`${student} handed in no model`);
        const model = await readModel(source, files, {
          limits: DEFAULT_LIMITS.model,
          openForeign: () => Promise.resolve(null),
        });
        if (model.state !== 'read') throw new Error(model.refusal.message);
        const { evaluation } = evaluateModel({ model, dataset, scale: '1/255', loss, kernels });
        if (evaluation === null) throw new Error(`the model of ${student} cannot be evaluated`);
        return evaluation.accuracy;
      }),
  };
});
