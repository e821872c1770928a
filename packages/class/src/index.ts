export { classErrors } from './errors.ts';
export { JsonArrayWriter } from './files/json-array.ts';
export {
  type OutputFile,
  writeFilesBesideOthers,
  writeFilesTogether,
} from './files/write-files.ts';
export { type ArchivedFile, zipFiles } from './files/zip-files.ts';
export {
  EXPORT_FORMATS,
  type ExportFormat,
  type ExportOptions,
  type GradesExport,
  exportGrades,
} from './gradebook/export-grades.ts';
export { gradescopeResults } from './gradebook/gradescope.ts';
export { MOODLE_KEYS, type MoodleKey } from './gradebook/moodle.ts';
export { escapeXml } from './gradebook/xml.ts';
export type { HandInRule } from './hand-ins/hand-in-name.ts';
export type { HandIn } from './hand-ins/hand-in.ts';
export { openSubmission } from './hand-ins/open-submission.ts';
export { type PackedHandIn, packHandIn } from './processes/pack-hand-in.ts';
export { studentId } from './hand-ins/student-id.ts';
export { type LatePolicy, LatePolicySchema, parseLatePolicy } from './lateness/late-policy.ts';
export { gradePath } from './processes/grade-path.ts';
export { type Graded } from './processes/graded.ts';
export { GradingPlace, type GradingPlaceOptions } from './processes/grading-place.ts';
export type { GradingJob, GradingSetup } from './processes/messages.ts';
export { processExecutor } from './processes/process-pool.ts';
export {
  type SubmissionExecutor,
  type SubmissionWork,
  assertNotInterrupted,
} from './processes/submission-executor.ts';
export { type BatchProgress } from './results/batch-progress.ts';
export { type FormerResults, openFormerResults } from './results/former-results.ts';
export { type BatchOptions, type BatchResult, gradeBatch } from './results/grade-batch.ts';
export { type GradeChange, type QuestionChange, gradeChange } from './results/grade-changes.ts';
export { gradesCsv } from './results/grades-csv.ts';
export { GRADING_LOG, type LogEntry, readGradingLog } from './results/grading-log.ts';
export { type ReviewRow, reviewsCsv } from './reviews/review-rows.ts';
export { type RosterEntry, readRoster } from './roster/roster.ts';
export { csvCell, csvText } from './tables/csv-cell.ts';
export { readCsvAsWritten } from './tables/csv-table.ts';
