import { checkKinds } from '@labproof/grader';
import { studentEdition } from '@labproof/lab';
import { gradeForStudent } from '@labproof/grader';
import { renderClassReport } from '../../src/pages/class-report.ts';
import { renderDriftPage } from '../../src/pages/drift-page.ts';
import { renderHandout } from '../../src/pages/handout.ts';
import { renderStudentReport } from '../../src/pages/student-report.ts';
import { renderSweepReport, sweepEntryOfTrials } from '../../src/pages/sweep-report.ts';
import { renderTrialsReport } from '../../src/pages/trials-report.ts';
import {
  contradicting,
  excellent,
  syntheticClass,
  syntheticGrade,
  syntheticImages,
  unreadGrade,
} from './grades.ts';
import { reluTrials, syntheticLab as lab } from './lab.ts';
import { syntheticNights } from './nights.ts';
import { playgroundPage } from './playground.ts';
import { syntheticSamples } from './samples.ts';
import { syntheticSweep } from './sweep.ts';

/** The report of one student. */
export const studentPage = (grade = syntheticGrade(excellent)): string =>
  renderStudentReport({ grade, lab, misclassifiedImages: syntheticImages(grade) });
const exercise = lab.exercises[1];
/** What students may see of the lab. */
const ownEdition = studentEdition(lab, checkKinds);
/** One page of every kind, by what it is. */
export const PAGES: readonly (readonly [string, string])[] = [
  ['student', studentPage()],
  ['student with mistakes', studentPage(syntheticGrade(contradicting))],
  [
    'student not graded',
    studentPage(
      unreadGrade('s1', 'broken', { code: 'a/b', message: 'It stopped.', fix: 'Try again.' }),
    ),
  ],
  [
    'self-check',
    renderStudentReport({
      grade: gradeForStudent(syntheticGrade(contradicting), ownEdition),
      lab: ownEdition,
      misclassifiedImages: {},
    }),
  ],
  ['playground', playgroundPage()],
  ['handout', renderHandout({ lab, samples: syntheticSamples() })],
  [
    'nights',
    renderDriftPage({ nights: syntheticNights(), labs: [{ ...lab, id: 'synthetic-lab' }] }),
  ],
  [
    'sweep',
    renderSweepReport({
      lab,
      title: 'Made-up sweep',
      varied: 'Hidden units',
      entries: syntheticSweep().map(({ results, ...known }) => sweepEntryOfTrials(known, results)),
    }),
  ],
  ['class', renderClassReport({ grades: syntheticClass(), lab })],
  [
    'trials',
    exercise === undefined
      ? ''
      : renderTrialsReport({
          lab,
          exercise: exercise.id,
          recipe: exercise.recipe,
          results: reluTrials,
          bands: exercise.bands,
        }),
  ],
];
