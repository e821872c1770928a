import type { Lab } from '@labproof/lab';
import {
  falseAlarmsAbove,
  suspicionMessage,
  suspicionOf,
} from '../checks/not-too-good/suspicion.ts';
import type { Grade } from '../grade/grade.ts';
import type { Finding } from './finding.ts';

/** Models that are better on the test images than runs of their recipe are. */
export function findTooGood(lab: Lab, grades: readonly Grade[]): Finding[] {
  return grades.flatMap(({ student, models }) =>
    models.flatMap(({ exercise: id, evaluation }): Finding[] => {
      const bands = lab.exercises.find((exercise) => exercise.id === id)?.bands ?? null;
      if (evaluation === null || bands === null) return [];
      const suspicion = suspicionOf(evaluation.accuracy, bands);
      if (suspicion === 'none') return [];
      const upper = bands.test.accuracyUpper;
      return [
        {
          kind: suspicion,
          students: [student],
          exercise: id,
          question: null,
          message: suspicionMessage(suspicion, evaluation, bands),
          statistic: {
            name: 'test accuracy',
            value: evaluation.accuracy,
            threshold: upper.value,
            falseAlarms: falseAlarmsAbove(upper),
          },
          pairs: [],
          excerpts: [],
        },
      ];
    }),
  );
}
