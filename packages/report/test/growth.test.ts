import { describe, expect, it } from 'vitest';
import { growthOf } from '../../submission/test/growth/growth.ts';
import { TEXTS } from '../../submission/test/growth/patterns.ts';
import { renderStudentReport } from '../src/pages/student-report.ts';
import { excellent, syntheticGrade } from './synthetic/grades.ts';
import { syntheticLab as lab } from './synthetic/lab.ts';

const grade = syntheticGrade(excellent);

/** A report in which this text stands wherever a student's does. */
function reportOf(text: string): string {
  const question = lab.questions[0]?.id ?? null;
  return renderStudentReport({
    lab,
    misclassifiedImages: {},
    grade: {
      ...grade,
      name: text,
      answers: [
        { question, heading: text, text },
        { question: null, heading: text, text },
      ],
      outcomes: grade.outcomes.map((outcome, index) =>
        index > 0
          ? outcome
          : { ...outcome, message: text, evidence: [{ kind: 'text', label: 'answer', text }] },
      ),
      files: [{ path: text, role: 'ignored', matched: [], why: text }],
    },
  });
}

describe('the work of writing a report', () => {
  it('grows as its texts do', async () => {
    const steep: string[] = [];
    for (const [name, text] of TEXTS) {
      const growth = await growthOf(reportOf, text);
      if (growth !== null) steep.push(`${name}: ${growth}`);
    }
    expect(steep).toEqual([]);
  });
});
