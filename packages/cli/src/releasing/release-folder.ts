import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { mapSideBySide } from '@labproof/core/workers';
import {
  type FormerResults,
  openFormerResults,
  type OutputFile,
  writeFilesTogether,
} from '@labproof/class';
import { GRADER_VERSION, type Grade, type GradeSummary, summaryOf } from '@labproof/grader';
import { misclassifiedImages, PdfPrinter, type ReportRelease } from '@labproof/report';
import {
  doubtfulAnswers,
  type OpenRoom,
  partsOfKey,
  unansweredAppeals,
  undecidedAppeals,
  unsettledAnswers,
  withPictures,
} from '@labproof/review';
import { formatPlural } from '@labproof/submission';
import { datasetsOf } from '../data/datasets-of.ts';
import { cliError } from '../errors.ts';
import { StudentPages } from '../pages/student-pages.ts';
import type { Context } from '../program/context.ts';
import { Progress } from '../progress/progress.ts';
import { doubtsIn, named } from '../reading/left-words.ts';
import { roomOf } from '../reading/room-of.ts';
import { gradePath, type Manifest, MANIFEST, RELEASES, sha256 } from './manifest.ts';
import { pointsOf, releaseChanges } from './release-changes.ts';
import { differingFrom, openReleased } from './released.ts';
import { frozenGrade, toldGrade } from './told-grade.ts';

export interface ReleaseOptions {
  readonly unfinished?: true;
  readonly withDoubtful?: true;
  readonly pdf?: true;
  readonly date?: string;
  readonly json?: true;
}

/** What was released; `changed` counts students who are told something else than in the version before, or an answer to an appeal. */
export interface Release {
  readonly version: number;
  readonly digest: string;
  readonly folder: string;
  readonly students: number;
  readonly changed: number;
  /** Marks that a reader doubts and that are in it all the same, as `student:question`. */
  readonly doubtful: readonly string[];
  /** Appeals that nobody has decided yet, by their answers. */
  readonly appeals: readonly string[];
}

/**
 * Freezes what students get: a folder of reports for their own eyes and a manifest of digests, which goes into the
 * record. `null` where students would be told nothing else than in the version before, and no PDFs are missing. Throws an
 * instructor's error where points wait, marks are not in the grades yet or doubtful, or the version before is not as it
 * was given out.
 */
export async function releaseFolder(
  context: Context,
  directory: string,
  options: ReleaseOptions,
): Promise<Release | null> {
  const results = openFormerResults(directory);
  let open: OpenRoom | null = null;
  try {
    open = await roomOf(context, directory, { evenEmpty: true });
    assertSettled(open, directory);
    const summaries = results.students.map((student) => summaryOf(gradeIn(results, student)));
    if (options.unfinished !== true) assertFinished(summaries, directory);
    const doubtful = doubtfulAnswers(open.room).map(({ key }) => key);
    if (options.withDoubtful !== true) assertUndoubted(doubtful, directory);
    const appeals = undecidedAppeals(open.room).map(({ answer }) => answer);
    const last = open.room.record.releases.at(-1);
    const previous = last === undefined ? null : openReleased(directory, last);
    const differing =
      previous === null
        ? null
        : differingFrom(previous, results.students, (student) => gradeIn(results, student));
    const misses =
      options.pdf === true && previous?.students.some((student) => previous.pdf(student) === null);
    const answered = new Set(
      unansweredAppeals(open.room).map(({ answer }) => partsOfKey(answer).student),
    );
    const isSame = differing === null && answered.size === 0 && misses !== true;
    if (previous !== null && isSame) return null;
    const before = new Map(
      (previous?.manifest.students ?? []).map(({ student, points }) => [
        student,
        { points, grade: previous?.grade(student) ?? null },
      ]),
    );
    const version = (last?.version ?? 0) + 1;
    assertFree(directory, version);
    const room = open;
    let changed = 0;
    const made = await renderAll(context, {
      directory,
      results,
      summaries,
      room,
      options,
      releaseOf: (grade) => {
        const told = before.get(grade.student);
        if (previous === null) return { version, changes: [] };
        const isAnother =
          told === undefined ||
          told.grade === null ||
          answered.has(grade.student) ||
          toldGrade(told.grade) !== toldGrade(grade);
        if (isAnother) changed += 1;
        if (told === undefined) return { version, changes: [] };
        const score =
          told.grade === null || told.grade.score === grade.score
            ? {}
            : { score: { before: told.grade.score, after: grade.score } };
        return { version, changes: releaseChanges(room, grade, told), ...score };
      },
    });
    const manifest: Manifest = {
      format: 'labproof-release',
      version,
      labproof: GRADER_VERSION,
      lab: { id: open.room.lab.id, version: open.room.lab.version },
      previous: last?.digest ?? null,
      students: made.map(({ entry }) => entry),
    };
    const text = `${JSON.stringify(manifest, null, 2)}\n`;
    const place = join(directory, RELEASES, String(version));
    writeFilesTogether(place, [
      ...made.flatMap(({ files }) => files),
      { path: MANIFEST, content: text },
    ]);
    const digest = sha256(text);
    const students = made.length;
    open.room.act('release', { kind: 'released', version, digest, students });
    return { version, digest, folder: place, students, changed, doubtful, appeals };
  } finally {
    open?.close();
    results.close();
  }
}

/** The grade of a student who has one. */
function gradeIn(results: FormerResults, student: string): Grade {
  const written = results.read(student);
  if (written === null) throw new Error(`no grade of ${student}`);
  return written.grade;
}

interface Made {
  readonly entry: Manifest['students'][number];
  readonly files: readonly OutputFile[];
}

async function renderAll(
  context: Context,
  work: {
    readonly directory: string;
    readonly results: FormerResults;
    readonly summaries: readonly GradeSummary[];
    readonly room: OpenRoom;
    readonly options: ReleaseOptions;
    readonly releaseOf: (grade: Grade) => ReportRelease;
  },
): Promise<Made[]> {
  const { directory, results, summaries, options, releaseOf } = work;
  const { lab } = work.room.room;
  const datasets = await datasetsOf(context, summaries);
  const classes = Object.fromEntries([...datasets].map(([id, dataset]) => [id, dataset.classes]));
  const date = options.date === undefined ? {} : { date: options.date };
  const progress = new Progress(context, 'release');
  const printer = options.pdf === true ? new PdfPrinter({ signal: context.signal }) : null;
  const pages = new StudentPages(
    { lab, classes, audience: 'student', ...date },
    { count: summaries.length, cores: context.cores },
  );
  try {
    await printer?.open();
    let done = 0;
    const made = await mapSideBySide(summaries, pages.width + 1, async ({ student }) => {
      context.signal.throwIfAborted();
      const grade = gradeIn(results, student);
      const html = await pages.render({
        grade: withPictures(directory, grade),
        misclassifiedImages: misclassifiedImages(grade, lab, datasets),
        release: releaseOf(grade),
      });
      const files: OutputFile[] = [{ path: `${student}/report.html`, content: html }];
      if (printer !== null) {
        const pdf = await printer.print(html, { title: student });
        files.push({ path: `${student}/report.pdf`, content: pdf });
      }
      files.push({ path: gradePath(student), content: frozenGrade(grade) });
      done += 1;
      progress.update(done / summaries.length, `${done} of ${summaries.length} reports`);
      const { score, max } = grade;
      const listed = files.map(({ path, content }) => ({ path, sha256: sha256(content) }));
      return { entry: { student, score, max, points: pointsOf(grade), files: listed }, files };
    });
    progress.done(formatPlural(summaries.length, 'report'));
    return made;
  } catch (error) {
    progress.stop();
    throw error;
  } finally {
    await Promise.all([printer?.close(), pages.close()]);
  }
}

function assertSettled({ room }: OpenRoom, directory: string): void {
  const ahead = unsettledAnswers(room).map(({ key }) => key);
  if (ahead.length === 0) return;
  throw cliError('release-behind', {
    message: `The grades in ${directory} do not hold all marks yet (${named(ahead)}). Nothing was released.`,
    fix: 'Grade again with the command of before, which takes seconds, and release then.',
  });
}

function assertUndoubted(doubtful: readonly string[], directory: string): void {
  if (doubtful.length === 0) return;
  throw cliError('release-doubtful', {
    message: `${doubtsIn(doubtful)}, so nothing was released.`,
    fix: `Look again in "labproof review ${directory}" (the list "doubtful"; d takes the doubt away), or say --with-doubtful.`,
  });
}

/** A version that the record does not know is of a record that was lost: it is not written over. */
function assertFree(directory: string, version: number): void {
  const place = join(directory, RELEASES, String(version));
  if (!existsSync(join(place, MANIFEST))) return;
  throw cliError('release-changed', {
    message: `${place} is a release that the record of marks does not know, so it was released with another record. Nothing was released.`,
    fix: `Restore marks.sqlite from a copy, or merge an exported file; else move ${join(directory, RELEASES)} away and begin with version ${version} again.`,
  });
}

function assertFinished(summaries: readonly GradeSummary[], directory: string): void {
  const waiting = summaries
    .filter(({ status }) => status === 'needs-review' || status === 'broken')
    .map(({ student }) => student);
  if (waiting.length === 0) return;
  throw cliError('release-unfinished', {
    message: `${named(waiting)} ${waiting.length === 1 ? 'needs' : 'need'} manual grading or ${waiting.length === 1 ? 'has' : 'have'} no score, so nothing was released.`,
    fix: `Read them with "labproof review ${directory}" and grade again, or say --unfinished.`,
  });
}
