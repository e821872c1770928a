import type { CodeModel } from './code-model.ts';
import { Effort } from './effort.ts';
import { Interpreter } from './interpreter.ts';
import { sequentialConfig } from './layer-config.ts';
import { Networks } from './networks.ts';
import { parsePython } from './python/parse-python.ts';
import { parseR } from './r/parse-r.ts';
import type { Program } from './syntax.ts';
import type { ModelDraft } from './value.ts';

type CodeLanguage = 'python' | 'r';

const LANGUAGES: ReadonlyMap<string, CodeLanguage> = new Map([
  ['python', 'python'],
  ['py', 'python'],
  ['python3', 'python'],
  ['ipython', 'python'],
  ['ipython3', 'python'],
  ['r', 'r'],
  ['rscript', 'r'],
]);
const PARSERS: Readonly<Record<CodeLanguage, (code: string, effort: Effort) => Program>> = {
  python: parsePython,
  r: parseR,
};
/** Code that was copied from a page's source. */
const PAGE_REMAINS = /<\/?(?:pre|code|span)\b[^>\n]{0,100}>/gu;
const OF_R = /<-|%>%|\|>|\blibrary *\(|\bkeras_model_sequential\b|\blayer_\w+ *\(/u;
const OF_PYTHON = /\bSequential *\(|\.(?:add|compile|fit) *\(|^ *(?:import|from) \w/mu;
const OF_NETWORKS = /\bSequential\b|\bkeras|\blayer_|\.(?:add|compile|fit)\b/u;
/** Longer pieces are data. */
const LONGEST = 400_000;
/** Steps that the code of one document may take: signs and nodes of its grammar, statements and expressions followed. */
const MOST_PARSED = 1_000_000;
const MOST_FOLLOWED = 200_000;

/**
 * Reads the Keras code of one document, piece by piece and in order: a network may be defined in one piece and
 * trained in the next. The code is parsed, never run; reading never throws and takes time in proportion to its length.
 */
export class CodeReader {
  readonly #parsing = new Effort(MOST_PARSED);
  readonly #following = new Effort(MOST_FOLLOWED);
  readonly #followers = new Map<CodeLanguage, { networks: Networks; interpreter: Interpreter }>();

  /** Steps of work so far: signs and nodes parsed, statements, expressions and layers followed. */
  get steps(): number {
    return this.#parsing.spent + this.#following.spent;
  }

  /**
   * The networks that this piece of code defines, changes, compiles or trains, as they are at its end. Code that is too
   * long or too deeply nested to be followed leaves networks without a model.
   */
  read(code: string, language: string): CodeModel[] {
    const known = LANGUAGES.get(language) ?? guessLanguage(code.slice(0, LONGEST));
    if (known === null) return [];
    const { networks, interpreter } = this.#followerOf(known);
    networks.begin();
    if (!this.#follow(code, known, interpreter) && OF_NETWORKS.test(code))
      networks.lose('code that is too long or too deeply nested to be followed');
    return networks.touched().map((draft) => this.#snapshot(draft));
  }

  #followerOf(language: CodeLanguage): { networks: Networks; interpreter: Interpreter } {
    const present = this.#followers.get(language);
    if (present !== undefined) return present;
    const networks = new Networks(this.#following);
    const follower = { networks, interpreter: new Interpreter(networks, this.#following) };
    this.#followers.set(language, follower);
    return follower;
  }

  /** Follows a piece of code; `false` where not all of it was. */
  #follow(code: string, language: CodeLanguage, interpreter: Interpreter): boolean {
    if (code.length > LONGEST || this.#parsing.isOver || this.#following.isOver) return false;
    const program = PARSERS[language](code.replaceAll(PAGE_REMAINS, ''), this.#parsing);
    interpreter.run(program.statements);
    return program.isWhole && !this.#following.isOver;
  }

  #snapshot(draft: ModelDraft): CodeModel {
    const { name, optimizer, loss, fromLogits, metrics, fits, notUnderstood } = draft;
    this.#following.spend(draft.layers.length);
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
}

/** The networks in one piece of code. */
export function readKerasCode(code: string, language: string): CodeModel[] {
  return new CodeReader().read(code, language);
}

function guessLanguage(code: string): CodeLanguage | null {
  const text = code.replaceAll(/\r\n?/gu, '\n').replaceAll(/[^\S\n]+/gu, ' ');
  if (OF_R.test(text)) return 'r';
  return OF_PYTHON.test(text) ? 'python' : null;
}
