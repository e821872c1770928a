import { LabFileSchema, playgroundsOf, questionPoints, studentEdition } from '@labproof/lab';
import { describe, expect, it } from 'vitest';
import { defineLab, labFiles, listLabs } from '../src/index.ts';

describe.each(listLabs().map((lab) => [lab.id, lab] as const))(
  'the student edition of %s',
  (_, lab) => {
    const edition = studentEdition(lab);

    it('is a whole lab with the same questions and points', () => {
      expect(defineLab(edition)).toEqual(edition);
      expect(edition.questions.map((question) => [question.id, questionPoints(question)])).toEqual(
        lab.questions.map((question) => [question.id, questionPoints(question)]),
      );
    });

    it('holds no rubric, no band and no published result', () => {
      const files = labFiles(edition);
      expect(files.map(({ path }) => path)).toEqual(['lab.json', 'introduction.md']);
      const text = files.map(({ content }) => content).join('');
      LabFileSchema.parse(JSON.parse(files[0]?.content ?? ''));
      for (const { checks } of lab.questions) {
        for (const check of checks) {
          if (check.kind !== 'free-text') continue;
          for (const { lookFor } of check.rubric) expect(text).not.toContain(lookFor);
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
