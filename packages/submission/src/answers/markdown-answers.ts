import type { CheckKinds, Lab } from '@labproof/lab';
import type { Answer } from './answer.ts';
import { documentAnswers } from './document-answers.ts';
import { withoutFrontMatter } from './front-matter.ts';
import { markdownBlocks } from '../blocks/markdown-blocks.ts';

/** Reads answers from Markdown; see `documentAnswers`. */
export function readMarkdownAnswers(
  markdown: string,
  file: string,
  lab: Lab,
  kinds: CheckKinds,
): Answer[] {
  return documentAnswers(markdownBlocks(withoutFrontMatter(markdown)), file, lab, kinds);
}
