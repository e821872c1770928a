export * from './grade.ts';
export {
  type GradeSummary,
  type ModelSummary,
  type QuestionSummary,
  summaryOf,
} from './grade-summary.ts';
export { type Answer, type AnswerCode } from './answers/answer.ts';
export { type AnswersFormat, formatOfName } from './answers/answers-format.ts';
export { type Claim, type DataPart, type Duration, type Metric } from './answers/claim.ts';
export { readMarkdownAnswers } from './answers/markdown-answers.ts';
export { type AnswerFile, readAnswerFile } from './answers/read-answer-file.ts';
export {
  type BatchOptions,
  type BatchProgress,
  type BatchResult,
  gradeBatch,
} from './batch/grade-batch.ts';
export { GradingPlace, type GradingPlaceOptions, type Graded } from './batch/grading-place.ts';
export { type GradingJob, type GradingSetup } from './batch/messages.ts';
export { packHandIn, type PackedHandIn } from './batch/pack-hand-in.ts';
export { processExecutor } from './batch/process-pool.ts';
export {
  assertNotInterrupted,
  type SubmissionExecutor,
  type SubmissionWork,
} from './batch/submission-executor.ts';
export { packSubmission, unpackSubmission } from './submission/packed-submission.ts';
export { gradeChange, type GradeChange, type QuestionChange } from './batch/grade-changes.ts';
export { gradePath } from './batch/grade-path.ts';
export { csvCell, csvText } from './batch/csv-cell.ts';
export { gradesCsv } from './batch/grades-csv.ts';
export { GRADING_LOG, type LogEntry, readGradingLog } from './batch/grading-log.ts';
export { JsonArrayWriter } from './batch/json-array.ts';
export { type HandIn } from './batch/hand-in.ts';
export { type HandInRule } from './batch/hand-in-name.ts';
export { type LatePolicy, LatePolicySchema, parseLatePolicy } from './batch/late-policy.ts';
export { type ReviewRow, reviewsCsv } from './batch/review-rows.ts';
export { type RosterEntry, readRoster } from './batch/roster.ts';
export { studentId } from './batch/student-id.ts';
export {
  type OutputFile,
  writeFilesBesideOthers,
  writeFilesTogether,
} from './batch/write-files.ts';
export { readCsvAsWritten } from './batch/csv-table.ts';
export { type FormerResults, openFormerResults } from './batch/former-results.ts';
export {
  EXPORT_FORMATS,
  type ExportFormat,
  exportGrades,
  type ExportOptions,
  type GradesExport,
} from './gradebook/export-grades.ts';
export { gradescopeResults } from './gradebook/gradescope.ts';
export { MOODLE_KEYS, type MoodleKey } from './gradebook/moodle.ts';
export { escapeXml } from './gradebook/xml.ts';
export { type CodeFit, type CodeModel, type CodeValue } from './code/code-model.ts';
export { readKerasCode } from './code/code-reader.ts';
export { type RecipeTrainer } from './checks/reproduction-trials.ts';
export { type Finding, FindingSchema } from './copies/finding.ts';
export { type ComparableGrade, type GradeInput, gradeSubmission } from './grade-submission.ts';
export { type ModelTraits, ModelTraitsSchema } from './copies/submission-traits.ts';
export { type PrintedEpoch, type PrintedHistory } from './histories/printed-history.ts';
export {
  type AnswersInspection,
  inspectAnswers,
  type InspectedAnswer,
  type RefusedAnswers,
} from './inspect-answers.ts';
export { inspectModel, type ModelInspection, ModelInspectionSchema } from './inspect.ts';
export { type TrainingConfig } from './models/keras/training-config.ts';
export {
  evaluateModel,
  type EvaluationResult,
  type GradingDataset,
} from './models/evaluate-model.ts';
export { readModel, type ReadModel, type SubmittedModel } from './models/submitted-model.ts';
export { type Declaration, DeclarationSchema } from './submission/declaration.ts';
export { identify, type Identification } from './submission/identify.ts';
export { type ModelFile } from './submission/model-files.ts';
export { openSubmission } from './submission/open-submission.ts';
export {
  filesInMemory,
  SUBMISSION_LIMITS,
  type SubmissionFile,
  type SubmissionFiles,
} from './submission/submission-files.ts';
export { type Limits, LimitsSchema, parseLimits, setLimits } from './limits.ts';
export {
  gradeForStudent,
  type SelfCheck,
  selfCheck,
  type SelfCheckItem,
  type SelfCheckPoints,
  type SelfCheckQuestion,
  type SelfCheckState,
} from './self-check.ts';
export { type ArchivedFile, zipFiles } from './zip-files.ts';
export { GRADER_VERSION } from './version.ts';
export { brokenGrade, type GradeSubject, refusedGrade } from './whole-grade.ts';
