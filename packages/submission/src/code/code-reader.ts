import type { CodeModel } from './code-model.ts';
import { Interpreter } from './interpreter.ts';
import { sequentialConfig } from './layer-config.ts';
import { parseProgram } from './parse-program.ts';
import type { CodeLanguage } from './tokens.ts';
import type { ModelDraft } from './value.ts';

const LANGUAGES: ReadonlyMap<string, CodeLanguage> = new Map([
  ['python', 'python'],
  ['py', 'python'],
  ['python3', 'python'],
  ['ipython', 'python'],
  ['ipython3', 'python'],
  ['r', 'r'],
  ['rscript', 'r'],
]);
/** Code that was copied from a page's source. */
const PAGE_REMAINS = /<\/?(?:pre|code|span)\b[^>\n]{0,100}>/gu;
/** Longer code is data. */
const LONGEST = 400_000;

/**
 * Reads the Keras code of one document, piece by piece and in order: a network may be defined in one piece and
 * trained in the next. The code is parsed, never run; reading never throws and takes time in proportion to its length.
 */
export class CodeReader {
  readonly #interpreters = new Map<CodeLanguage, Interpreter>();

  /** The networks that this piece of code defines, changes, compiles or trains, as they are at its end. */
  read(code: string, language: string): CodeModel[] {
    const known = LANGUAGES.get(language) ?? guessLanguage(code);
    if (known === null || code.length > LONGEST) return [];
    const interpreter = this.#interpreters.get(known) ?? new Interpreter();
    this.#interpreters.set(known, interpreter);
    return interpreter.run(parseProgram(code.replaceAll(PAGE_REMAINS, ''), known)).map(snapshot);
  }
}

/** The networks in one piece of code. */
export function readKerasCode(code: string, language: string): CodeModel[] {
  return new CodeReader().read(code, language);
}

function guessLanguage(code: string): CodeLanguage | null {
  if (/<-|%>%|\|>|\blibrary\s*\(|\bkeras_model_sequential\b|\blayer_\w+\s*\(/u.test(code))
    return 'r';
  return /\bSequential\s*\(|\.(?:add|compile|fit)\s*\(|^\s*(?:import|from)\s+\w/mu.test(code)
    ? 'python'
    : null;
}

function snapshot(draft: ModelDraft): CodeModel {
  const { name, optimizer, loss, fromLogits, metrics, fits, notUnderstood } = draft;
  return {
    name: name === '' ? 'model' : name,
    model: sequentialConfig(draft),
    optimizer,
    loss,
    fromLogits,
    metrics,
    fits: [...fits],
    notUnderstood:
      draft.layers.length === 0 && !draft.holed
        ? [...notUnderstood, 'its layers']
        : [...notUnderstood],
  };
}
