import {
  defineLab,
  labFiles,
  playgroundsOf,
  questionPoints,
  rubricOf,
  studentEdition,
} from '@labproof/lab';
import { describe, expect, it } from 'vitest';
import { Labs } from '../src/index.ts';
import { checkKinds } from '../../grader/src/checks/registry.ts';

const labs = new Labs(checkKinds);

const words = (text: string): string => text.replaceAll(/\s+/gu, ' ');

describe.each(labs.list().map((lab) => [lab.id, lab] as const))(
  'the student edition of %s',
  (_, lab) => {
    const edition = studentEdition(lab, checkKinds);

    it('is a whole lab with the same questions and points', () => {
      expect(defineLab(edition, { checks: checkKinds })).toEqual(edition);
      expect(edition.questions.map((question) => [question.id, questionPoints(question)])).toEqual(
        lab.questions.map((question) => [question.id, questionPoints(question)]),
      );
    });

    it('holds no rubric, no band and no published result', () => {
      const files = labFiles(edition);
      expect(files.map(({ path }) => path)).toEqual([
        'lab.yaml',
        'introduction.md',
        ...lab.questions.map(({ id }) => `questions/${id}.md`),
      ]);
      // As words, wherever a file breaks its lines.
      const text = words(files.map(({ content }) => content).join('\n'));
      for (const { checks } of lab.questions) {
        for (const check of checks) {
          for (const { lookFor } of rubricOf(check)) expect(text).not.toContain(words(lookFor));
        }
      }
      for (const { id, config, published, sweep } of playgroundsOf(lab)) {
        expect(playgroundsOf(edition).find((one) => one.id === id)?.config).not.toEqual(config);
        if (published !== null) expect(text).not.toContain(published);
        for (const { config: found } of sweep?.confirmation ?? []) {
          expect(text).not.toContain(found);
        }
      }
      for (const { published } of lab.exercises) {
        if (published !== null) expect(text).not.toContain(published.source);
      }
    });
  },
);
