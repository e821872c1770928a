import type { Lab } from '@labproof/lab';
import type { FoundFile } from './found-file.ts';
import type { SubmissionFile, SubmissionFiles } from './submission-files.ts';

/** An image file; `questions` are those whose number its name carries. */
export interface ImageFile {
  readonly file: SubmissionFile;
  readonly questions: readonly string[];
  readonly found: FoundFile;
}

const IMAGE = /\.(png|jpe?g|gif|webp|bmp|tiff?|svg)$/iu;
/** `q3.png`, `Q03-history.png`, `question_3.png`, `3.png`. */
const NUMBERED = /^(?:q|question)?[\s_-]*0*(?<number>\d{1,2})(?!\d)/iu;

/** Lists the images and the questions that their names point to. */
export function findImages(files: SubmissionFiles, lab: Lab): readonly ImageFile[] {
  return files.files
    .filter(({ path }) => IMAGE.test(path))
    .map((file) => {
      const name = file.path.slice(file.path.lastIndexOf('/') + 1);
      const number = NUMBERED.exec(name)?.groups?.['number'];
      const questions = lab.questions
        .filter((question) => number !== undefined && question.number === Number(number))
        .map(({ id }) => id);
      return {
        file,
        questions,
        found: {
          path: file.path,
          role: 'image',
          matched: questions,
          why:
            questions.length > 0
              ? `its name carries the number ${number}`
              : 'an image that answers may show',
        },
      };
    });
}
