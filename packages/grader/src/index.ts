export { graderErrors } from './errors.ts';
export type { PlaygroundTally } from '@labproof/core/playground';
export type {
  PlaygroundRunner,
  PlaygroundSettings,
  RecipeTrainer,
} from './checks/check-context.ts';
export { asksFor, exercisesToHandIn } from './checks/asked.ts';
export { checkKinds, checkTitle } from './checks/registry.ts';
export { type CopyCandidate, copyCandidate, findCopies, traitsOf } from './copies/find-copies.ts';
export { type Finding, FindingSchema } from './copies/finding.ts';
export { findHiddenDrops } from './copies/hidden-drop.ts';
export { ModelTraitsSchema } from './copies/submission-traits.ts';
export { findTooGood } from './copies/too-good.ts';
export { type GradingDataset, evaluateModel } from './evaluation/evaluate-model.ts';
export type { Evaluation } from './evaluation/evaluation.ts';
export type { ModelReading } from './evaluation/model-reading-schema.ts';
export type { Evidence } from './grade/evidence.ts';
export {
  type ComparableGrade,
  gradeForComparison,
  gradeSubmission,
} from './grade/grade-submission.ts';
export { type GradeSummary, summaryOf } from './grade/grade-summary.ts';
export { type Grade, GradeSchema, type Lateness, refusalOf, writtenId } from './grade/grade.ts';
export type { CheckOutcome, Outcome, QuestionOutcome } from './grade/outcome.ts';
export { studentGrade } from './grade/student-grade.ts';
export { textsToRead } from './grade/texts-to-read.ts';
export { gradeTotals, questionOutcome } from './grade/totals.ts';
export { keyOf, type StoppedWork, type WorkPiece } from './checks/stopped-work.ts';
export { brokenGrade, refusedGrade, unreadGrade } from './grade/whole-grade.ts';
export { type ModelInspection, inspectModel } from './inspection/inspect-model.ts';
export {
  type SelfCheck,
  type SelfCheckQuestion,
  type SelfCheckState,
  gradeForStudent,
  selfCheck,
} from './self-check/self-check.ts';
export { GRADER_VERSION } from './version.ts';
