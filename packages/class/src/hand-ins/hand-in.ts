import type { HandInRule, IdKind } from './hand-in-name.ts';

/** A folder, a .zip or a file of a hand-in. */
export interface HandInPart {
  readonly path: string;
  /** The name that the student gave it, for a file by itself. */
  readonly file: string;
  /** Where it is in the .zip at `path`, if that holds a whole class: a folder or a file. */
  readonly inside?: string;
}

/** One student's work among others: where it lies, whose it is and how that was told. */
export interface HandIn {
  /** Safe as the name of a folder. */
  readonly student: string;
  /** The id as the class list or the name of the folder has it; only where `student` is another. */
  readonly id?: string | undefined;
  readonly name: string | null;
  /** What to name in messages. */
  readonly path: string;
  /** Several where a platform hands over loose files. */
  readonly parts: readonly HandInPart[];
  readonly rule: HandInRule;
  /** What kind of id `student` comes from: ids are matched only with their own kind. */
  readonly idKind: IdKind;
  /** Somebody handed this in for several students: the same for all of them; `null` for everybody else. */
  readonly group: string | null;
  readonly why: string;
  /** The names of the folders or files as a platform packed them, by which it knows them again; none of anybody's own. */
  readonly uploads: readonly string[];
  /** When the platform's own records say that it was handed in; ISO 8601 or as the platform writes it. */
  readonly submittedAt: string | null;
  /** The platform marked it as late without saying by how much. */
  readonly markedLate: boolean;
}
