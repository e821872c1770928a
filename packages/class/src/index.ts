export {
  CLASS_FILE,
  type ClassField,
  type ClassSettings,
  mapPaths,
  SECRET_VARIABLE,
} from './class-file/class-file-schema.ts';
export { isClassFile, readClassFile } from './class-file/read-class-file.ts';
export { saveClassSettings } from './class-file/write-class-file.ts';
export { classErrors } from './errors.ts';
export { JsonArrayWriter } from './files/json-array.ts';
export {
  assertWritable,
  type OutputFile,
  writeFilesBesideOthers,
  writeFilesTogether,
} from './files/write-files.ts';
export { StagedFiles } from './files/staged-files.ts';
export { type ArchivedFile, zipFiles, ZipWriter } from './files/zip-files.ts';
export {
  EXPORT_FORMATS,
  type ExportFormat,
  exportGrades,
  type GradesExport,
} from './gradebook/export-grades.ts';
export { platformTable } from './tables/platform-table.ts';
export { gradescopeResults } from './gradebook/gradescope.ts';
export { MOODLE_KEYS } from './gradebook/moodle.ts';
export { type JUnitCase, junitXml } from './gradebook/junit-xml.ts';
export { openSubmission } from './hand-ins/open-submission.ts';
export { packHandIn } from './processes/pack-hand-in.ts';
export { studentId } from './hand-ins/student-id.ts';
export { latePolicyIn, latePolicyText } from './lateness/late-text.ts';
export { type LatePolicy, LatePolicySchema, parseLatePolicy } from './lateness/late-policy.ts';
export { readNotes } from './notes/read-notes.ts';
export { gradePath } from './processes/grade-path.ts';
export { type Graded } from './processes/graded.ts';
export { GradingPlace } from './processes/grading-place.ts';
export type { GradingJob } from './processes/messages.ts';
export { processExecutor } from './processes/process-pool.ts';
export { type SubmissionExecutor, type SubmissionWork } from './processes/submission-executor.ts';
export { type FormerResults, noGradesText, openFormerResults } from './results/former-results.ts';
export { type BatchOptions, type BatchResult, gradeBatch } from './results/grade-batch.ts';
export { type GradeChange, gradeChange } from './results/grade-changes.ts';
export { gradesCsv } from './results/grades-csv.ts';
export { readGradingLog } from './results/grading-log.ts';
export { REVIEWS_FILE, tableDigest } from './reviews/collect-reviews.ts';
export { fillReviews } from './reviews/fill-reviews.ts';
export { type HandedIn, handedIn } from './hand-ins/files-as-graded.ts';
export { csvLines } from './tables/csv-cell.ts';
export { type GivenItem, givenText } from './reviews/given-items.ts';
export { byQuestion, reviewRowsOf, reviewsCsv } from './reviews/review-rows.ts';
export { readReviews } from './reviews/read-reviews.ts';
export { READER_COMMENT, answerDigest } from './reviews/reviews.ts';
export { withoutFailing } from './results/without-failing.ts';
export { mailMergeCsv } from './returns/mail-merge.ts';
export { returnMessage } from './returns/message.ts';
export { returnedFile, type ReturnedReport } from './returns/returned-file.ts';
export { planReturn } from './returns/return-plan.ts';
export { RETURN_FORMATS, type ReturnFormat, type ReturnPlace } from './returns/return-place.ts';
export { type RosterEntry, readRoster } from './roster/roster.ts';
export { type CsvTable, readCsvAsWritten } from './tables/csv-table.ts';
