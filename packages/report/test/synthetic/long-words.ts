import type { Lab } from '@labproof/lab';
import type { Grade } from '@labproof/grader';
import { renderClassReport } from '../../src/pages/class-report.ts';
import { renderHandout } from '../../src/pages/handout.ts';
import { renderStudentReport } from '../../src/pages/student-report.ts';
import { renderTrialsReport } from '../../src/pages/trials-report.ts';
import { contradicting, syntheticGrade, syntheticImages } from './grades.ts';
import { reluTrials, syntheticLab } from './lab.ts';
import { syntheticSamples } from './samples.ts';

/** Words of German and Dutch without a place to break, and a name as long as a passport allows. */
const WORD = 'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz';
const PLACE = 'Arbeidsongeschiktheidsverzekeringsmaatschappij';
const NAME = `Wolfeschlegelsteinhausenbergerdorff ${PLACE}-${WORD}`;

/** Numbers as German, Dutch and French write them: decimal commas, points and narrow no-break spaces. */
const NUMBERS: readonly string[] = [
  '97,63 %',
  '97,63\u202f%',
  '60.000 Bilder',
  '60\u202f000\u202fimages',
  '60\u00a0000 beelden',
  '1.234.567,891',
  '1\u202f234\u202f567,891\u202f234\u202f567\u202f891\u202f234\u202f567\u202f891',
  '−0,000\u202f000\u202f000\u202f123',
];

const text = `${WORD}: ${NUMBERS.join('; ')}. **${PLACE}** \`${WORD}${PLACE}\`\n\n| ${WORD} | ${PLACE} |\n|---|---|\n| ${NUMBERS[0]} | ${NUMBERS[6]} |\n\n$$\\text{${PLACE}} = \\frac{97{,}63}{100} + ${'x + '.repeat(40)} y$$`;

const longLab: Lab = {
  ...syntheticLab,
  title: `${WORD} ${PLACE}`,
  questions: syntheticLab.questions.map((question) => ({ ...question, title: `${PLACE} ${WORD}` })),
  exercises: syntheticLab.exercises.map((exercise) => ({
    ...exercise,
    title: `${WORD} ${NUMBERS[6]}`,
  })),
};

function longGrade(index: number): Grade {
  const grade = syntheticGrade({ ...contradicting, student: `${WORD}-${index}` });
  return {
    ...grade,
    name: NAME,
    lab: { ...grade.lab, title: `${WORD} ${PLACE}` },
    files: grade.files.map((file) => ({
      ...file,
      path: `${WORD}/${PLACE}/${WORD}.md`,
      why: `${PLACE} ${NUMBERS[6]}`,
    })),
    answers: [{ question: null, heading: `${WORD} ${NUMBERS[0]}`, text }],
    models: grade.models.map((model) => ({ ...model, path: `${WORD}/${PLACE}${WORD}` })),
    outcomes: grade.outcomes.map((outcome) => ({
      ...outcome,
      title: `${PLACE} ${WORD}`,
      message: text,
      checks: outcome.checks.map((check) => ({
        ...check,
        message: `${NUMBERS.join(', ')} ${WORD}`,
        advice: `${PLACE}${WORD}`,
        evidence: [
          { kind: 'text' as const, label: `${WORD}`, text },
          {
            kind: 'difference' as const,
            label: PLACE,
            expected: NUMBERS[5] ?? '',
            found: NUMBERS[6] ?? '',
          },
          {
            kind: 'image' as const,
            path: `${WORD}/${PLACE}.png`,
            width: 1,
            height: 1,
            blank: false,
          },
          ...check.evidence,
        ],
      })),
    })),
  };
}

const grade = longGrade(1);
const exercise = longLab.exercises[1];

/** Pages on which everything that people write is too long for its place. */
export const LONG_PAGES: readonly (readonly [string, string])[] = [
  [
    'student, long words',
    renderStudentReport({ grade, lab: longLab, misclassifiedImages: syntheticImages(grade) }),
  ],
  [
    'class, long words',
    renderClassReport({ grades: [1, 2, 3, 4, 5].map(longGrade), lab: longLab }),
  ],
  ['handout, long words', renderHandout({ lab: longLab, samples: syntheticSamples() })],
  [
    'trials, long words',
    exercise === undefined
      ? ''
      : renderTrialsReport({
          lab: longLab,
          exercise: exercise.id,
          recipe: exercise.recipe,
          results: reluTrials,
          bands: exercise.bands,
        }),
  ],
];
