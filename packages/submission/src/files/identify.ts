import type { CheckKinds, Lab } from '@labproof/lab';
import type { FoundFile } from './found-file.ts';
import { type Refusal, readOrRefuse } from '../refusal.ts';
import { type AnswersFile, findAnswers } from './answers-files.ts';
import { DECLARATION_PATH, type Declaration, readDeclaration } from './declaration.ts';
import { type ImageFile, findImages } from './image-files.ts';
import { type ModelFile, findModels } from './model-files.ts';
import { findPlaygroundFile, type PlaygroundFile } from './playground-file.ts';
import { type HistoryFile, findHistories } from './history-files.ts';
import { type SubmissionFiles, compareText } from './submission-files.ts';

/** What each file of a submission is, for which exercise or question, and why that was concluded. */
export interface Identification {
  readonly declaration: Declaration | null;
  readonly declarationRefused: Refusal | null;
  readonly answers: readonly AnswersFile[];
  readonly models: readonly ModelFile[];
  readonly histories: readonly HistoryFile[];
  readonly images: readonly ImageFile[];
  readonly playgroundFile: PlaygroundFile | null;
  /** Every file and everything left out, sorted by path. */
  readonly found: readonly FoundFile[];
}

/** Decides what the files of a submission are, from their names and `submission.json` alone. */
export function identify(files: SubmissionFiles, lab: Lab, kinds: CheckKinds): Identification {
  const { declaration, refused, entry } = declarationOf(files);
  const answers = findAnswers(files, declaration);
  const models = findModels(files, lab, declaration);
  const histories = findHistories(files, lab);
  const images = findImages(files, lab);
  const playground = findPlaygroundFile(files, lab, kinds);

  const found = new Map<string, FoundFile>();
  // The first role found for a path stands, so the order is from the most to the least specific.
  const proposals: FoundFile[] = [
    ...(entry === null ? [] : [entry]),
    ...models.flatMap((model) => model.found),
    ...histories.map((history) => history.found),
    ...answers.map((answer) => answer.found),
    ...(playground === null ? [] : [playground.found]),
    ...images.map((image) => image.found),
    ...files.leftOut.map(({ path, why }) => ignored(path, why)),
    ...files.files.map(({ path }) =>
      ignored(path, 'it is none of: answers, model, weights, history, image, submission.json'),
    ),
  ];
  for (const proposal of proposals) {
    if (!found.has(proposal.path)) found.set(proposal.path, proposal);
  }
  return {
    declaration,
    declarationRefused: refused,
    answers,
    models,
    histories,
    images,
    playgroundFile: playground?.file ?? null,
    found: [...found.values()].toSorted((a, b) => compareText(a.path, b.path)),
  };
}

function ignored(path: string, why: string): FoundFile {
  return { path, role: 'ignored', matched: [], why };
}

function declarationOf(files: SubmissionFiles): {
  declaration: Declaration | null;
  refused: Refusal | null;
  entry: FoundFile | null;
} {
  const file = files.files.find(({ path }) => path === DECLARATION_PATH);
  if (file === undefined) return { declaration: null, refused: null, entry: null };
  const { value, refused } = readOrRefuse(() => readDeclaration(file));
  const why =
    refused === null
      ? 'it says who handed this in and what the files are'
      : `it was not used, and the files were told by their names: ${refused.message}`;
  return {
    declaration: value,
    refused,
    entry: { path: DECLARATION_PATH, role: 'declaration', matched: [], why },
  };
}
