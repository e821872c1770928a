import { join } from 'node:path';
import { mapSideBySide } from '@labproof/core/workers';
import { type OutputFile, writeFilesTogether } from '@labproof/class';
import { GRADER_VERSION, type Grade } from '@labproof/grader';
import { PdfPrinter } from '@labproof/report';
import { type OpenRoom, unsettledAnswers } from '@labproof/review';
import { datasetsOf } from '../data/datasets-of.ts';
import { misclassifiedImages } from '../data/misclassified-images.ts';
import { cliError } from '../errors.ts';
import { type GradedFolder, openGradedFolder } from '../grading/graded-folder.ts';
import { StudentPages } from '../pages/student-pages.ts';
import type { Context } from '../program/context.ts';
import { Progress } from '../progress/progress.ts';
import { type Manifest, MANIFEST, readRelease, RELEASES, sha256 } from './manifest.ts';
import { pointsOf, releaseChanges } from './release-changes.ts';
import { roomOf } from '../reading/room-of.ts';

export interface ReleaseOptions {
  readonly unfinished?: true;
  readonly pdf?: true;
  readonly date?: string;
  readonly json?: true;
}

/** What was released; `changed` counts students for whom something is another than in the version before. */
export interface Release {
  readonly version: number;
  readonly digest: string;
  readonly folder: string;
  readonly students: number;
  readonly changed: number;
}

/**
 * Freezes what students get: a folder of reports for their own eyes and a manifest of digests, which goes into the
 * record. `null` where nothing has changed since the version before. Throws an instructor's error where points wait, marks
 * are not in the grades yet, or the version before is not as it was given out.
 */
export async function releaseFolder(
  context: Context,
  directory: string,
  options: ReleaseOptions,
): Promise<Release | null> {
  const folder = await openGradedFolder(directory);
  const open = await roomOf(context, directory);
  try {
    assertSettled(open, directory);
    if (options.unfinished !== true) assertFinished(folder, directory);
    const last = open.room.record.releases.at(-1);
    const previous = last === undefined ? null : readRelease(directory, last.version, last.digest);
    const before = new Map(
      (previous?.students ?? []).map(({ student, points }) => [student, points]),
    );
    const version = (last?.version ?? 0) + 1;
    let changed = 0;
    const made = await renderAll(context, folder, open, options, (grade) => {
      const points = before.get(grade.student);
      const changes = points === undefined ? [] : releaseChanges(open, grade, points);
      if (previous !== null && (points === undefined || changes.length > 0)) changed += 1;
      return { version, changes };
    });
    const gone = [...before.keys()].filter(
      (student) => !folder.summaries.some((summary) => summary.student === student),
    );
    if (previous !== null && changed + gone.length === 0) return null;
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
    return { version, digest, folder: place, students, changed };
  } finally {
    open.close();
  }
}

interface Made {
  readonly entry: Manifest['students'][number];
  readonly files: readonly OutputFile[];
}

async function renderAll(
  context: Context,
  folder: GradedFolder,
  { room }: OpenRoom,
  options: ReleaseOptions,
  releaseOf: (grade: Grade) => { version: number; changes: ReturnType<typeof releaseChanges> },
): Promise<Made[]> {
  const { summaries } = folder;
  const { lab } = room;
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
      const grade = await folder.read(student);
      const html = await pages.render({
        grade,
        misclassifiedImages: misclassifiedImages(grade, lab, datasets),
        release: releaseOf(grade),
      });
      const files: OutputFile[] = [{ path: `${student}/report.html`, content: html }];
      if (printer !== null) {
        const pdf = await printer.print(html, { title: student });
        files.push({ path: `${student}/report.pdf`, content: pdf });
      }
      done += 1;
      progress.update(done / summaries.length, `${done} of ${summaries.length} reports`);
      const { score, max } = grade;
      const listed = files.map(({ path, content }) => ({ path, sha256: sha256(content) }));
      return { entry: { student, score, max, points: pointsOf(grade), files: listed }, files };
    });
    progress.done(`${summaries.length} ${summaries.length === 1 ? 'report' : 'reports'}`);
    return made;
  } catch (error) {
    progress.stop();
    throw error;
  } finally {
    await Promise.all([printer?.close(), pages.close()]);
  }
}

/** Longest list of answers in a message. */
const MOST_NAMED = 5;

function assertSettled({ room }: OpenRoom, directory: string): void {
  const ahead = unsettledAnswers(room).map(({ key }) => key);
  if (ahead.length === 0) return;
  throw cliError('release-behind', {
    message: `The grades in ${directory} do not hold all marks yet (${named(ahead)}). Nothing was released.`,
    fix: 'Grade again with the command of before, which takes seconds, and release then.',
  });
}

function assertFinished({ summaries }: GradedFolder, directory: string): void {
  const waiting = summaries
    .filter(({ status }) => status === 'needs-review' || status === 'broken')
    .map(({ student }) => student);
  if (waiting.length === 0) return;
  throw cliError('release-unfinished', {
    message: `Points of ${named(waiting)} wait for a reader or have no score. Nothing was released.`,
    fix: `Read them with "labproof review ${directory}" and grade again, or say --unfinished.`,
  });
}

function named(entries: readonly string[]): string {
  const rest = entries.length - MOST_NAMED;
  const first = entries.slice(0, MOST_NAMED).join(', ');
  return rest > 0 ? `${first} and ${rest} more` : first;
}
