import type { Answer } from './answers/answer.ts';
import type { FoundFile } from './files/found-file.ts';
import type { Refusal } from './refusal.ts';
import type { HistoryReading } from './histories/read-histories.ts';
import type { Identification } from './files/identify.ts';
import type { SubmissionFiles } from './files/submission-files.ts';

/** The list of files, with what reading them has added to what their names told. */
export function describeFiles(
  identified: Identification,
  files: SubmissionFiles,
  learnt: {
    models: readonly FoundFile[];
    histories: ReadonlyMap<string, HistoryReading>;
    answers: readonly Answer[];
    refusedAnswers: ReadonlyMap<string, Refusal>;
    student: string;
  },
): FoundFile[] {
  const { models, histories, answers, refusedAnswers, student } = learnt;
  const better = new Map(models.map((file) => [file.path, file]));
  const unreadable = new Map([...histories.values()].map(({ path, refused }) => [path, refused]));
  const found = identified.found.map((file): FoundFile => {
    const refused = unreadable.get(file.path) ?? refusedAnswers.get(file.path) ?? null;
    if (refused !== null) return { ...file, why: `${file.why}; ${refused.message}` };
    if (file.role === 'answers') {
      const questions = answers
        .filter((answer) => answer.file === file.path && answer.question !== null)
        .flatMap(({ question }) => (question === null ? [] : [question]));
      return { ...file, matched: [...new Set(questions)] };
    }
    const { declaration } = identified;
    if (file.role === 'declaration' && declaration !== null && declaration.student !== student) {
      return {
        ...file,
        why: `${file.why}; it names the student "${declaration.student}", and the submission counts for "${student}"`,
      };
    }
    return better.get(file.path) ?? file;
  });
  if (files.unwrapped === null) return found;
  const why = 'the folder that held everything; paths are given without it';
  return [{ path: `${files.unwrapped}/`, role: 'ignored', matched: [], why }, ...found];
}
