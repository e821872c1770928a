import { classErrors } from '@labproof/class';
import { type CodeGroup, coreErrors } from '@labproof/core';
import { exerciseErrors } from '@labproof/exercises';
import { graderErrors } from '@labproof/grader';
import { labErrors } from '@labproof/lab';
import { queueErrors } from '@labproof/queue';
import { reportErrors } from '@labproof/report';
import { reviewErrors } from '@labproof/review';
import { submissionErrors } from '@labproof/submission';
import { cliErrors } from '../../src/errors.ts';

/** The catalogue of every package. */
const CATALOGUES: Readonly<Record<string, { readonly groups: readonly CodeGroup[] }>> = {
  core: coreErrors,
  lab: labErrors,
  exercises: exerciseErrors,
  submission: submissionErrors,
  grader: graderErrors,
  class: classErrors,
  report: reportErrors,
  review: reviewErrors,
  queue: queueErrors,
  cli: cliErrors,
};

/** A code as the page of all codes tells it. */
export interface CataloguedCode {
  readonly code: string;
  readonly package: string;
  readonly owners: readonly CodeGroup['owner'][];
  readonly area: string;
  readonly means: string;
  readonly fix: string;
}

/** Every code that an error can have, by name. */
export function cataloguedCodes(): CataloguedCode[] {
  return Object.entries(CATALOGUES)
    .flatMap(([name, { groups }]) =>
      groups.flatMap(({ owner, alsoOwner, area, codes }) =>
        Object.entries(codes).map(([code, { means, fix }]) => ({
          code,
          package: name,
          owners: alsoOwner === undefined ? [owner] : [owner, alsoOwner],
          area,
          means,
          fix,
        })),
      ),
    )
    .toSorted((a, b) => (a.code < b.code ? -1 : Number(a.code > b.code)));
}
