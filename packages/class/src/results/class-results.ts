import { LabproofError, reasonOf } from '@labproof/core';
import type { Lab } from '@labproof/lab';
import {
  type CopyCandidate,
  type Finding,
  type Grade,
  type GradeSummary,
  copyCandidate,
  findCopies,
  findHiddenDrops,
  findTooGood,
  summaryOf,
  traitsOf,
} from '@labproof/grader';
import { compareText } from '@labproof/submission';
import type { ReviewsInUse } from '../reviews/collect-reviews.ts';
import { stageReviews } from './stage-reviews.ts';
import type { FinishedGrades } from './finished-grades.ts';
import { withoutFailing } from './without-failing.ts';
import type { FormerResults } from './former-results.ts';
import { type GradeChange, gradeChange } from './grade-changes.ts';
import { gradesCsv } from './grades-csv.ts';
import { gradeAsJson, type WrittenGrade } from './grades-file.ts';
import { type GradingLog, type LoggedGrade, loggedGrade } from './grading-log.ts';
import { JsonArrayWriter } from '../files/json-array.ts';
import { type ReviewRow, byQuestion } from '../reviews/review-rows.ts';
import { type MovedBound, movedBoundNotes, movedBounds } from './moved-bounds.ts';
import type { SingleNote } from '../notes/class-note.ts';
import type { RosterEntry } from '../roster/roster.ts';
import type { SettledGrade } from '../processes/settle-grade.ts';
import { StagedFiles } from '../files/staged-files.ts';

/** What came of a class, without the grades themselves. */
export interface ClassResults {
  /** In code-unit order of the student ids. */
  readonly summaries: readonly GradeSummary[];
  readonly reviews: readonly ReviewRow[];
  readonly findings: readonly Finding[];
  /** Against the results that stood before. */
  readonly changes: readonly GradeChange[];
  readonly notes: readonly SingleNote[];
}

interface ClassOptions {
  readonly lab: Lab;
  readonly finished: FinishedGrades;
  readonly former: FormerResults;
  readonly settle: (bare: Grade) => SettledGrade;
  readonly reviewsInUse: ReviewsInUse;
  /** The time as text, for the name of a copy of the former table of reviews. */
  readonly now: () => string | null;
  readonly missing: readonly RosterEntry[];
  /** Ids as the class list writes them, by student, where they are others. */
  readonly listedIds: ReadonlyMap<string, string>;
  /** Students who have handed in one thing with somebody before them: they are no copies of each other. */
  readonly groupMates: ReadonlySet<string>;
  readonly references: ReadonlyMap<string, readonly Uint8Array[]>;
  readonly out: string;
  readonly log: GradingLog;
}

/**
 * Settles the finished grades of a class and compares them with each other and with the results that stood before.
 * Writes nothing. Whole grades are in memory one at a time.
 */
export function classResults(options: ClassOptions): ClassResults {
  return gather(options, () => undefined);
}

/**
 * `classResults`, and writes the files of the class, all together: `grades.json` last, so that where it is new
 * everything is. Then records what is new or another than before.
 */
export function writeClassResults(options: ClassOptions): ClassResults {
  const { lab, former, log } = options;
  const staged = new StagedFiles(options.out);
  const record: (readonly ['written' | 'withdrawn', LoggedGrade])[] = [];
  const notes: SingleNote[] = [];
  try {
    const file = staged.begin('grades.json');
    const whole = new JsonArrayWriter((text) => file.write(text));
    const results = gather(options, (grade, before) => {
      const content = gradeAsJson(grade);
      staged.add(`${grade.student}/grade.json`, content);
      // Pictures of a whole class would make a file that few programs open; each student's own file has them.
      const { pictures: _pictures, ...plain } = grade;
      const plainContent = gradeAsJson(plain);
      whole.add(plainContent);
      const logged = loggedGrade(grade, content);
      // A kill between the files and the record of them left it to the next one.
      const told = log.written.get(grade.student)?.gradeDigest === logged.gradeDigest;
      if (before?.json !== plainContent || !told) record.push(['written', logged]);
    });
    const { summaries, reviews, findings } = results;
    staged.add('grades.csv', gradesCsv(lab, summaries, options.missing, options.listedIds));
    notes.push(...stageReviews(options, reviews, staged));
    staged.add('findings.json', `${JSON.stringify(findings, null, 2)}\n`);
    whole.end();
    file.end();
    for (const student of gone(former, summaries)) {
      const before = former.read(student);
      if (before !== null) record.push(['withdrawn', loggedGrade(before.grade, before.json)]);
    }
    const present = new Set([...former.students, ...summaries.map(({ student }) => student)]);
    for (const [student, logged] of log.written) {
      if (!present.has(student)) record.push(['withdrawn', logged]);
    }
    // Some systems put no file in the place of one that is open.
    former.close();
    staged.commit();
    for (const [event, logged] of record) log.append(event, logged);
    return { ...results, notes: [...results.notes, ...notes] };
  } finally {
    staged.discard();
  }
}

function gather(
  { lab, finished, former, settle, references, reviewsInUse, groupMates }: ClassOptions,
  each: (grade: Grade, before: WrittenGrade | null) => void,
): ClassResults {
  const summaries: GradeSummary[] = [];
  const candidates: CopyCandidate[] = [];
  const tooGood: Finding[] = [];
  const hiddenDrops: Finding[] = [];
  const reviews: ReviewRow[] = [];
  const changes: GradeChange[] = [];
  const notes: SingleNote[] = [];
  const moved = new Map<string, readonly MovedBound[]>();
  for (const student of finished.students) {
    const bare = finished.read(student);
    const settled = settle(bare.grade);
    const before = former.read(student);
    each(settled.grade, before);
    summaries.push(summaryOf(settled.grade));
    if (!groupMates.has(student)) candidates.push(copyCandidate(bare));
    compare(notes, student, () => {
      tooGood.push(...findTooGood(lab, [settled.grade]));
      hiddenDrops.push(...findHiddenDrops([settled.grade]));
    });
    reviews.push(...settled.reviews);
    notes.push(...settled.notes);
    const change = gradeChange(student, before?.grade ?? null, settled.grade);
    if (change !== null) changes.push(change);
    if (before !== null) moved.set(student, movedBounds(before.grade, settled.grade));
  }
  notes.push(...movedBoundNotes(moved));
  for (const student of gone(former, summaries)) {
    const change = gradeChange(student, former.read(student)?.grade ?? null, null);
    if (change !== null) changes.push(change);
  }
  const copies = withoutFailing(
    candidates,
    (some) =>
      findCopies({
        lab,
        candidates: some,
        references,
        modelsOf: (exercise, students) =>
          students.flatMap((student) => traitsOf(student, finished.read(student).models, exercise)),
      }),
    ({ student }, error) => notes.push(notCompared(student, error)),
  );
  return {
    summaries,
    reviews: byQuestion(lab, [...reviews, ...reviewsInUse.kept]),
    findings: [...(copies ?? []), ...tooGood, ...hiddenDrops],
    changes: changes.toSorted((a, b) => compareText(a.student, b.student)),
    notes,
  };
}

/** Students of the former results who are not in the new ones. */
function gone(former: FormerResults, summaries: readonly GradeSummary[]): string[] {
  const now = new Set(summaries.map(({ student }) => student));
  return [...new Set(former.students)].filter((student) => !now.has(student));
}

/** Looks at one student; what goes wrong there is said, and the others are looked at all the same. */
function compare(notes: SingleNote[], student: string, look: () => void): void {
  try {
    look();
  } catch (error) {
    if (error instanceof LabproofError) throw error;
    notes.push(notCompared(student, error));
  }
}

function notCompared(student: string, error: unknown): SingleNote {
  const message = `${student} could not be compared with the others because of a fault in Labproof (${reasonOf(error)}): look yourself whether it is a copy, and report the fault.`;
  return { kind: 'other', about: student, message };
}
