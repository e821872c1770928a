export { renderClassReport, type ClassReportInput } from './html/class-report.ts';
export { type DriftPageInput, renderDriftPage } from './html/drift-page.ts';
export { exercisesToHandIn, type HandoutInput, renderHandout } from './html/handout.ts';
export { type PlaygroundReportInput, renderPlaygroundReport } from './html/playground-report.ts';
export type { DatasetSamples } from './html/sample-images.ts';
export { renderStudentReport, type StudentReportInput } from './html/student-report.ts';
export {
  renderSweepReport,
  type SweepEntry,
  sweepEntryOfBands,
  sweepEntryOfTrials,
  type SweepReportInput,
} from './html/sweep-report.ts';
export { renderTrialsReport, type TrialsReportInput } from './html/trials-report.ts';
export { type Night, NightSchema, parseNights } from './night.ts';
export { type BrowserDescription, describeBrowser } from './pdf/find-browser.ts';
export { PdfPrinter, type PrintOptions } from './pdf/pdf-printer.ts';
export { startBrowser } from './pdf/start-browser.ts';
export {
  drawDecisionBoundary,
  type OutputGrid,
  type PlanePoint,
} from './plots/decision-boundary.ts';
export type { TestImage } from './plots/digit-sprite.ts';
export { changesText } from './changes-text.ts';
export { selfCheckText } from './self-check-text.ts';
export { gradesTable, playgroundTable, terminalText, trialsTable } from './terminal.ts';
export { findStuckRuns, type StuckRuns } from './stuck-runs.ts';
export { findSweeps, type Sweep } from './sweeps.ts';
