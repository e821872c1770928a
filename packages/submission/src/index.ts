export { submissionErrors } from './errors.ts';
export type { Answer } from './answers/answer.ts';
export { typedNumber } from './text/typed-number.ts';
export { toBase64 } from './text/base64.ts';
export { archiveOf } from './files/archives.ts';
export { decodeText } from './text/decode-text.ts';
export { escapeXml } from './text/xml.ts';
export { inspectAnswers } from './answers/inspect-answers.ts';
export { readMarkdownAnswers } from './answers/markdown-answers.ts';
export { answerTo } from './answers/merge-answers.ts';
export { readAnswerFile } from './answers/read-answer-file.ts';
export { readAnswers } from './answers/read-answers.ts';
export type { Claim } from './claims/claim.ts';
export { withoutInvisible } from './text/readable.ts';
export { figuresLike } from './claims/figures-like.ts';
export type { CodeFit, CodeModel } from './code/code-model.ts';
export { readKerasCode } from './code/code-reader.ts';
export { unreadBeside, unusedWork } from './files/answers-files.ts';
export { unopenedArchives } from './files/archives.ts';
export { clutterFolder, clutterReason } from './files/clutter.ts';
export { type Declaration, DeclarationSchema } from './files/declaration.ts';
export { describeFiles } from './describe-files.ts';
export { type FoundFile, FoundFileSchema } from './files/found-file.ts';
export { type FolderEntry, listFolder } from './files/list-folder.ts';
export { identify } from './files/identify.ts';
export { formatOf } from './files/model-files.ts';
export { packSubmission, unpackSubmission } from './files/packed-submission.ts';
export { type SetAside, withoutSetAside } from './files/set-aside.ts';
export { submissionDigest } from './files/submission-digest.ts';
export {
  type SubmissionLimits,
  type SubmissionFiles,
  arrangeFiles,
  assertWithinLimits,
  compareText,
  fileObjection,
  filesInMemory,
} from './files/submission-files.ts';
export { withZipsOpened } from './files/nested-zips.ts';
export { readZip } from './files/zip.ts';
export type { ByteSource } from './files/byte-source.ts';
export { zipMembers } from './files/zip-archive.ts';
export { plainPath } from './files/zip-content.ts';
export {
  formatCount,
  formatDecimal,
  formatFixed,
  formatList,
  formatPercent,
  formatPlural,
} from './format.ts';
export type { PrintedEpoch, PrintedHistory } from './histories/printed-history.ts';
export { type HistoryInspection, inspectHistory } from './histories/inspect-history.ts';
export { type HistoryReading, readHistories } from './histories/read-histories.ts';
export {
  DEFAULT_LIMITS,
  type Limits,
  LimitsSchema,
  type ReadingLimits,
  parseLimits,
  readingLimits,
} from './limits.ts';
export { assignModels } from './models/assign-models.ts';
export { compareModel, comparePlans, describePlan } from './models/compare-plans.ts';
export { workAnImage } from './models/model-limits.ts';
export { kerasFormatOf } from './models/keras/keras-file.ts';
export { describeNormalization, type InputNormalization } from './models/pytorch/normalization.ts';
export { exerciseNamed } from './files/exercise-name.ts';
export { type CodePiece, torchCode } from './models/pytorch/torch-code.ts';
export { torchPlansIn } from './models/pytorch/code-plans.ts';
export type { TorchTraining } from './code/torch/training/training.ts';
export { labStructures } from './models/pytorch/lab-structures.ts';
export type { ExerciseStructure } from './models/pytorch/exercise-structure.ts';
export { LayerReadingSchema, layerReadings } from './models/layer-readings.ts';
export { ModelFormatSchema } from './files/model-format.ts';
export { savedName, unreadFormatOf, unreadFormatRefusal } from './files/unread-format.ts';
export { type ReadModel, type SubmittedModel, readModel } from './models/submitted-model.ts';
export { type AnswerPicture, answerPictures } from './pictures/answer-pictures.ts';
export { shownPictures } from './pictures/shown-pictures.ts';
export type { PlaygroundFile } from './files/playground-file.ts';
export { type PlaygroundClaim, readPlaygroundClaim } from './playground/playground-claim.ts';
export { type Refusal, RefusalSchema, refusalOf } from './refusal.ts';
