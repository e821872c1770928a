import { orProblem, studentId } from '@labproof/class/browser';
import type { EvaluationTask, Kernels, Predictions } from '@labproof/core/browser';
import {
  brokenGrade,
  type Grade,
  gradeForComparison,
  gradeForStudent,
  type GradingDataset,
  type PlaygroundRunner,
  type PlaygroundSettings,
  type PlaygroundTally,
  selfCheck,
} from '@labproof/grader';
import type { Lab } from '@labproof/lab';
import { misclassifiedImages, renderStudentReport } from '@labproof/report/browser';
import type { SetAside, SubmissionFiles } from '@labproof/submission';
import { inBrowser } from '../words.ts';
import type { CheckResult, HandIn } from './protocol.ts';

/** What looking one hand-in over takes. */
export interface CheckTask {
  readonly lab: Lab;
  readonly handIn: HandIn;
  readonly setAside: readonly SetAside[];
  readonly kernels: Kernels;
  readonly open: (handIn: HandIn) => Promise<SubmissionFiles>;
  readonly loadDataset: (id: string) => Promise<GradingDataset>;
  readonly evaluate: ((task: EvaluationTask) => Promise<Predictions>) | null;
  readonly playground: PlaygroundRunner;
  /** Told of each file as its bytes are asked for, and with `null` when all are read. */
  readonly onReading: (path: string | null) => void;
  readonly onReport: () => void;
}

/** Looks a hand-in over as `labproof check` does: the same JSON and the same page, byte for byte. */
export async function check(task: CheckTask): Promise<Omit<CheckResult, 'unseen'>> {
  const { lab, handIn, onReading, evaluate } = task;
  const student = studentId(handIn.name) || 'submission';
  const datasets = new Map<string, GradingDataset>();
  const { grade } = await orProblem({ lab, student }, async () =>
    gradeForComparison({
      lab,
      files: noting(await task.open(handIn), onReading),
      kernels: task.kernels,
      datasets: new Map(),
      loadDataset: async (id) => {
        const dataset = await task.loadDataset(id);
        datasets.set(id, dataset);
        return dataset;
      },
      ...(evaluate === null ? {} : { evaluate }),
      student,
      name: null,
      playground: task.playground,
      setAside: task.setAside,
      onRead: () => onReading(null),
    }),
  );
  onReading(null);
  task.onReport();
  return resultOf(grade, lab, datasets);
}

/** What the page shows of a grade under a student edition. */
export function resultOf(
  found: Grade,
  lab: Lab,
  datasets: ReadonlyMap<string, GradingDataset>,
): Omit<CheckResult, 'unseen'> {
  const grade = inBrowserWords(found, lab);
  const classes = Object.fromEntries([...datasets].map(([id, dataset]) => [id, dataset.classes]));
  return {
    json: `${JSON.stringify(selfCheck(grade, lab), null, 2)}\n`,
    html: renderStudentReport({
      grade: gradeForStudent(grade, lab),
      lab,
      classes,
      misclassifiedImages: misclassifiedImages(grade, lab, datasets),
    }),
  };
}

/** A whole that we failed at says what can be done about that here. */
function inBrowserWords(grade: Grade, lab: Lab): Grade {
  const { status, problem, student, name } = grade;
  return status === 'broken' && problem !== null
    ? brokenGrade({ lab, student, name }, inBrowser(problem))
    : grade;
}

function noting(
  { files, ...others }: SubmissionFiles,
  onReading: (path: string) => void,
): SubmissionFiles {
  return {
    ...others,
    files: files.map((file) => ({
      ...file,
      read: () => {
        onReading(file.path);
        return file.read();
      },
    })),
  };
}

/**
 * Runs each network on the playground once, however often it is asked for: a tally is a function of its settings. `share`
 * computes the same by others.
 */
export function rememberedTallies(
  share: ((settings: PlaygroundSettings) => Promise<PlaygroundTally>) | null,
): PlaygroundRunner {
  const tallies = new Map<string, PlaygroundTally>();
  return async (settings, run) => {
    const key = JSON.stringify(settings);
    const tally = tallies.get(key) ?? (await (share === null ? run() : share(settings)));
    tallies.set(key, tally);
    return tally;
  };
}
