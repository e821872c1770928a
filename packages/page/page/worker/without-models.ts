import { checkKinds } from '@labproof/grader';
import type { Lab } from '@labproof/lab';

/** The lab without what needs test images: what can be said before they are there, or where nothing can be evaluated. */
export function withoutTestImages(lab: Lab): Lab {
  return {
    ...lab,
    questions: lab.questions.flatMap((question) => {
      const checks = question.checks.filter((check) => !checkKinds.needs(check, 'test-images'));
      return checks.length === 0 ? [] : [{ ...question, checks }];
    }),
  };
}
