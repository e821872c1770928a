export { reportErrors } from './errors.ts';
export { renderClassReport, type ClassReportInput } from './pages/class-report.ts';
export { type DriftPageInput, renderDriftPage } from './pages/drift-page.ts';
export { type HandoutInput, renderHandout } from './pages/handout.ts';
export { type PlaygroundReportInput, renderPlaygroundReport } from './pages/playground-report.ts';
export type { DatasetSamples } from './parts/models/sample-images.ts';
export { renderStudentReport, type StudentReportInput } from './pages/student-report.ts';
export {
  renderSweepReport,
  type SweepEntry,
  sweepEntryOfBands,
  sweepEntryOfTrials,
  type SweepReportInput,
} from './pages/sweep-report.ts';
export { renderTrialsReport, type TrialsReportInput } from './pages/trials-report.ts';
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
export { changesText } from './terminal/changes-text.ts';
export { selfCheckText } from './terminal/self-check-text.ts';
export { gradesTable, playgroundTable, terminalText, trialsTable } from './terminal/terminal.ts';
export { findSweeps, type Sweep } from './sweeps.ts';
