import type { ComparableGrade } from '@labproof/grader';
import { compareText } from '@labproof/submission';
import type { KeptGrades } from './kept-grades.ts';

/**
 * The finished grades of a batch. What is kept on the disk is read from there each time, so that memory does not grow
 * with the class; the few that are not kept, broken ones and those of unreadable submissions, are small and stay here.
 */
export class FinishedGrades {
  readonly #kept: KeptGrades;
  readonly #places = new Map<string, Place>();

  constructor(kept: KeptGrades) {
    this.#kept = kept;
  }

  /** A grade that is kept in a file with this SHA-256. */
  addKept(student: string, fileDigest: string): void {
    this.#places.set(student, { fileDigest });
  }

  /** A grade that is not kept. */
  add(content: ComparableGrade): void {
    this.#places.set(content.grade.student, { content });
  }

  get size(): number {
    return this.#places.size;
  }

  /** In code-unit order. */
  get students(): readonly string[] {
    return [...this.#places.keys()].toSorted(compareText);
  }

  /** Throws an instructor's error where somebody else has changed what was kept. */
  read(student: string): ComparableGrade {
    const place = this.#places.get(student);
    if (place === undefined) throw new Error(`no grade of ${student} is finished`);
    return 'content' in place ? place.content : this.#kept.readAgain(student, place.fileDigest);
  }
}

type Place = { readonly content: ComparableGrade } | { readonly fileDigest: string };
