import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Grade } from '@labproof/grader';
import {
  gradescopeResults,
  mailMergeCsv,
  type OutputFile,
  returnedFile,
  type ReturnedReport,
  type ReturnFormat,
  returnMessage,
  type ReturnPlace,
  type RosterEntry,
  StagedFiles,
  writeFilesTogether,
  ZipWriter,
} from '@labproof/class';
import { cliError } from '../errors.ts';

/** A student's report as it goes back, and the grade that it is of. */
interface ReturnedWork {
  readonly place: ReturnPlace;
  readonly grade: Grade;
  readonly report: ReturnedReport;
}

/** Takes returned work in the order of its places and writes what a platform takes. All or nothing appears. */
export interface ReturnWriter {
  add(work: ReturnedWork): void;
  /** Puts everything into its place; the paths of what was written. */
  end(): string[];
  discard(): void;
}

/** What writes a format into a folder. Throws an instructor's error where the folder cannot be written. */
export function returnWriter(
  format: ReturnFormat,
  out: string,
  roster: readonly RosterEntry[] | null,
): ReturnWriter {
  switch (format) {
    case 'moodle':
      return zipWriter(out, 'moodle-feedback.zip');
    case 'canvas':
      return canvasWriter(out);
    case 'gradescope':
      return folderWriter(out, 'gradescope', ({ grade }) => [
        { path: 'results.json', content: `${JSON.stringify(gradescopeResults(grade), null, 2)}\n` },
      ]);
    case 'folders': {
      const works: Grade[] = [];
      let name: 'report.pdf' | 'report.html' = 'report.html';
      return folderWriter(
        out,
        'folders',
        ({ grade, report }) => {
          works.push(grade);
          if (report.pdf !== null) name = 'report.pdf';
          return [
            ...(report.pdf === null ? [] : [{ path: 'report.pdf', content: report.pdf }]),
            { path: 'report.html', content: report.html },
            { path: 'message.txt', content: returnMessage(grade) },
          ];
        },
        () => [{ path: 'mail-merge.csv', content: mailMergeCsv(works, roster, name) }],
      );
    }
  }
}

function zipWriter(out: string, name: string): ReturnWriter {
  const staged = new StagedFiles(out);
  const file = staged.begin(name);
  const zip = new ZipWriter((bytes) => file.write(bytes));
  return {
    add: ({ place, grade, report }) => {
      const content = returnedFile(place.form, report, grade);
      if (content === null) return;
      const path = place.path.endsWith('/')
        ? `${place.path}report.${place.form === 'html' ? 'html' : 'pdf'}`
        : place.path;
      zip.add({ path, content });
    },
    end: () => {
      zip.end();
      file.end();
      staged.commit();
      return [join(out, name)];
    },
    discard: () => staged.discard(),
  };
}

/** The zip, and one call of Canvas's interface for the comments: "Grade or comment on multiple submissions". */
function canvasWriter(out: string): ReturnWriter {
  const zip = zipWriter(out, 'canvas-submissions.zip');
  const comments: Record<string, { text_comment: string }> = {};
  return {
    add: (work) => {
      zip.add(work);
      const { canvasUser } = work.place;
      if (canvasUser !== undefined)
        comments[canvasUser] = { text_comment: returnMessage(work.grade) };
    },
    end: () => {
      const name = 'canvas-comments.json';
      const staged = new StagedFiles(out);
      staged.add(name, `${JSON.stringify({ grade_data: comments }, null, 2)}\n`);
      const written = zip.end();
      staged.commit();
      return [...written, join(out, name)];
    },
    discard: () => zip.discard(),
  };
}

/** By which a folder is known again as one that `return` wrote. */
const MARK = '.labproof-return';

/** A folder a student in a folder that holds nothing of an earlier time: who left the class must get no mail. */
function folderWriter(
  out: string,
  name: string,
  filesOf: (work: ReturnedWork) => readonly OutputFile[],
  common: () => readonly OutputFile[] = (): OutputFile[] => [],
): ReturnWriter {
  const folder = join(out, name);
  assertOurs(folder);
  const fresh = join(out, `.${name}-new`);
  rmSync(fresh, { recursive: true, force: true });
  const written: string[] = [];
  const add = (files: readonly OutputFile[], below = ''): void => {
    const placed = files.map(({ path, content }) => ({ path: `${below}${path}`, content }));
    writeFilesTogether(fresh, placed);
    written.push(...placed.map(({ path }) => join(folder, path)));
  };
  return {
    add: (work) => add(filesOf(work), work.place.path),
    end: () => {
      add(common());
      writeFilesTogether(fresh, [{ path: MARK, content: '' }]);
      rmSync(folder, { recursive: true, force: true });
      renameSync(fresh, folder);
      return written;
    },
    discard: () => rmSync(fresh, { recursive: true, force: true }),
  };
}

/** What somebody else put there is not taken away. */
function assertOurs(folder: string): void {
  if (!existsSync(folder) || existsSync(join(folder, MARK))) return;
  throw cliError('return-folder-in-use', {
    message: `${folder} is there already and holds other things than returned reports.`,
    fix: 'Name another place with --out, or move that folder away.',
  });
}
