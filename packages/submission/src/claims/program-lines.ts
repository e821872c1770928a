/** Languages whose blocks hold a program, whatever its lines look like. */
const PROGRAMS = new Set(
  'python py python3 ipython ipython3 r julia javascript js typescript ts java c cpp c++ sh bash shell sql matlab'.split(
    ' ',
  ),
);
/** A call, other than those in which libraries print values; a format; a word that begins a statement; the end of an open one. */
const CALL =
  /[\p{L}_][\w.]*(?<!\b(?:acc|accuracy|loss|float|float16|float32|float64|tensor|Tensor|array|list|tuple|dict|dict_values|c|np\.float32|np\.float64|tf\.Tensor))\(/u;
const FORMAT =
  /%[-+ 0]*\d*(?:\.\d+)?[dfegs]\b|\{[^{}]{0,80}:[-+<>^,]?\d*,?\.?\d*[dfeg%]?\}|\{\d*\}/u;
const STATEMENT =
  /^\s*(?:import|from|assert|raise|def|for|if|while|return|class|with|library|require|print|else|elif|try|except|lambda|function|@|%%|!pip)(?![\w:])/u;
const UNFINISHED = /(?:[({\\]|%>%|\|>|->|=>)\s*$/u;
const ASSIGNMENT =
  /^\s*[\w.$[\]'"]+(?:\s*,\s*[\w.$]+)*\s*(?:<-|(?<![=!<>])=(?!=))\s*(?<value>.*)$/u;
/** "accuracy: float = 0.5" */
const ANNOTATED = /^\s*\w+\s*:\s*[\w.[\]]+\s*=\s*\S/u;
/** "history['acc'][-1] == 0.97" */
const COMPARES = /[=!<>]=|\w\[['"\w-]/u;
const NUMBER = /^[-+]?[\d.]+(?:e[-+]?\d+)?\s*$/iu;

/** Whether a block in this language holds a program, and no output that was pasted. */
export function isProgram(language: string): boolean {
  return PROGRAMS.has(language);
}

/** Whether a line of a block without output is part of a program rather than something that one printed. */
export function isProgramLine(line: string, language: string): boolean {
  if (
    CALL.test(line) ||
    FORMAT.test(line) ||
    STATEMENT.test(line) ||
    UNFINISHED.test(line) ||
    ANNOTATED.test(line) ||
    (isProgram(language) && COMPARES.test(line))
  ) {
    return true;
  }
  const value = ASSIGNMENT.exec(line)?.groups?.['value'];
  // "accuracy = 0.92" stands in prints, too; in a program it sets a variable.
  return value !== undefined && (isProgram(language) || !NUMBER.test(value));
}

/** The comment of a line of Python or R, and what stands before it; a sign inside of quotes begins none. */
export function splitComment(line: string): {
  code: string;
  comment: string | null;
} {
  let quote = '';
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at] ?? '';
    if (quote !== '') {
      if (character === '\\') at += 1;
      else if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '#') {
      return {
        code: line.slice(0, at),
        comment: line.slice(at).replace(/^#+['+]?\s?/u, ''),
      };
    }
  }
  return { code: line, comment: null };
}
