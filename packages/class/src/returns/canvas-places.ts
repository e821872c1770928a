import { formatPlural } from '@labproof/submission';
import { named } from '../gradebook/gradebook-entry.ts';
import { platformNumber } from '../hand-ins/platform-number.ts';
import type { RosterEntry } from '../roster/roster.ts';
import type { ReportForm, ReturnedGrade, ReturnPlace, ReturnPlan } from './return-place.ts';

/**
 * What a report can be in the place of a file of this kind. Canvas attaches what comes back under the name that the
 * student gave, so a report has to be of the same kind as the file whose place it takes.
 */
const FORMS: readonly (readonly [RegExp, ReportForm])[] = [
  [/\.pdf$/iu, 'pdf'],
  [/\.html?$/iu, 'html'],
  [/\.zip$/iu, 'zip'],
  [/\.ipynb$/iu, 'notebook'],
  [/\.(?:md|txt|rmd|qmd|r|py)$/iu, 'text'],
];

/** What a program that unpacks could take for a way to elsewhere is no name. */
const IS_A_NAME = /^[^\\/\p{Cc}]+$/u;
/** What was typed or linked is no file of the student's, in whose place another could come. */
const IS_ONLINE = /_\d+_(?:text|link)\.html$/u;

/**
 * Files as Canvas's "Upload submissions" takes them (`infer_comment_context_from_filename` of its assignments): under
 * the very names of the download, which hold the numbers of user and attachment. It makes a comment with the file of
 * each; what it does not know, or what a student has handed in anew since, it leaves out.
 */
export function canvasPlaces(
  grades: readonly ReturnedGrade[],
  roster: readonly RosterEntry[] | null,
  report: 'pdf' | 'html',
): ReturnPlan {
  const without: string[] = [];
  const unknown: string[] = [];
  const places = grades.map((grade): ReturnPlace => {
    const { student, handIn } = grade;
    const uploads = handIn?.rule === 'canvas' ? (handIn.uploads ?? []) : [];
    const entry = roster?.find((one) => one.student.toLowerCase() === student.toLowerCase());
    const known = platformNumber(grade);
    const user = known?.of === 'canvas' ? known.number : entry?.canvasUser;
    if (user === undefined) unknown.push(student);
    const number = user === undefined ? {} : { canvasUser: user };
    for (const [kind, form] of FORMS) {
      const path = uploads.find(
        (upload) => kind.test(upload) && IS_A_NAME.test(upload) && !IS_ONLINE.test(upload),
      );
      if (path !== undefined && (form !== 'pdf' || report === 'pdf'))
        return { student, path, form, ...number };
    }
    without.push(student);
    return { student, path: '', form: 'none', ...number };
  });
  return {
    places,
    stops:
      unknown.length === 0
        ? []
        : [
            `${named(unknown)}: no number of Canvas is known. Grade the download as Canvas packs it, or name Canvas's gradebook with --roster.`,
          ],
    notes:
      without.length === 0
        ? []
        : [
            `${named(without)}: Canvas takes a file back only in the place of one that was handed in, and of the same kind (.pdf, .html, .zip, .ipynb, .md, .txt); ${formatPlural(without.length, 'student')} without one ${without.length === 1 ? 'gets' : 'get'} the comment of canvas-comments.json alone.`,
          ],
  };
}
