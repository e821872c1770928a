import type { Effort } from '../effort.ts';
import type { Program } from '../syntax.ts';
import { cellText } from './cell-text.ts';
import { parseValidText } from './grammar.ts';
import { mendLines } from './mend-lines.ts';
import { readMended, readTree } from './read-statements.ts';

/**
 * Reads a program of Python: a script, a notebook's cell, what was copied from a console. Nothing is an error; a
 * statement that breaks the grammar is read as far as it makes sense, and so is everything around it.
 */
export function parsePython(code: string, effort: Effort): Program {
  const { text, isWhole } = cellText(code, effort);
  const tree = parseValidText(text, effort);
  if (tree !== null) {
    const statements = readTree(tree, text, effort);
    return { statements, isWhole: isWhole && !effort.isOver };
  }
  const mended = mendLines(text, effort);
  const statements = readMended(mended, effort);
  return { statements, isWhole: isWhole && mended.isWhole && !effort.isOver };
}
