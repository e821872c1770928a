import type { Grade } from '../grade/grade.ts';
import { MOST_TIMES, hiddenTestMessage } from '../evaluation/hidden-test.ts';
import type { Finding } from './finding.ts';

/** Models that make far more mistakes on the hidden images than on the test images. */
export function findHiddenDrops(grades: readonly Grade[]): Finding[] {
  return grades.flatMap(({ student, models }) =>
    models.flatMap(({ exercise, evaluation, hidden }): Finding[] => {
      if (evaluation === null || hidden?.implausible !== true) return [];
      return [
        {
          kind: 'worse-on-hidden-images',
          students: [student],
          exercise,
          question: null,
          message: hiddenTestMessage(evaluation, hidden),
          statistic: {
            name: 'mistakes on hidden images for each on test images',
            value: hidden.misclassified / Math.max(1, evaluation.misclassified),
            threshold: MOST_TIMES,
            falseAlarms:
              'none of 8 networks trained by their recipes came above 2.4 times; other data and networks were not measured',
          },
          pairs: [],
          excerpts: [],
        },
      ];
    }),
  );
}
