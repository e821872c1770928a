export { reportErrors } from './errors.ts';
export { renderClassReport } from './pages/class-report.ts';
export { renderDriftPage } from './pages/drift-page.ts';
export { renderFailedReport } from './pages/failed-report.ts';
export { renderHandout } from './pages/handout.ts';
export { packageFilesOfPages } from './document/fonts.ts';
export { pageStyle } from './document/page.ts';
export { packageFile } from './document/package-file.ts';
export { readerStyle, renderForReader } from './parts/answers/for-reader.ts';
export { misclassifiedImages } from './parts/models/misclassified-images.ts';
export { renderPlaygroundReport } from './pages/playground-report.ts';
export type { DatasetSamples } from './parts/models/sample-images.ts';
export type { ReleaseChange, ReportRelease } from './parts/release.ts';
export { renderStudentReport } from './pages/student-report.ts';
export { renderSweepReport, sweepEntryOfBands, sweepEntryOfTrials } from './pages/sweep-report.ts';
export { renderTrialsReport } from './pages/trials-report.ts';
export { parseNights } from './night.ts';
export { type Standing, standingOf } from './standing.ts';
export { describeBrowser } from './pdf/find-browser.ts';
export { PagePictures } from './pdf/page-pictures.ts';
export { PdfPrinter } from './pdf/pdf-printer.ts';
export { startBrowser } from './pdf/start-browser.ts';
export { drawDecisionBoundary } from './plots/decision-boundary.ts';
export type { TestImage } from './plots/digit-sprite.ts';
export { changesText } from './terminal/changes-text.ts';
export { selfCheckText } from './terminal/self-check-text.ts';
export {
  gradesTable,
  playgroundTable,
  pointsTable,
  statusText,
  terminalText,
  trialsTable,
} from './terminal/terminal.ts';
export { findSweeps } from './sweeps.ts';
