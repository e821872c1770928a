import type MarkdownIt from 'markdown-it';

/** A formula in TeX, set in the line or on a line of its own. */
export interface Formula {
  readonly tex: string;
  readonly display: boolean;
}

const DISPLAY = /^\$\$([^$]{1,2000})\$\$/;
/** As in Pandoc: no space inside the dollars and no digit after them, so that "$5 and $6" is no formula. */
const INLINE = /^\$(?!\s)((?:[^$\\\n]|\\.){1,500}?)(?<!\s)\$(?!\d)/;

/**
 * A markdown-it plugin that finds `$…$` and `$$…$$` and puts what `keep` returns in their place;
 * `keep` is also given the environment of the text that is rendered.
 */
export function findMath<Environment>(
  parser: MarkdownIt,
  keep: (formula: Formula, environment: Environment) => string,
): void {
  parser.inline.ruler.after('escape', 'math', (state, silent) => {
    if (state.src.charCodeAt(state.pos) !== 0x24) return false;
    const rest = state.src.slice(state.pos, state.posMax);
    const display = DISPLAY.exec(rest);
    const found = display ?? INLINE.exec(rest);
    if (found === null) return false;
    if (!silent) {
      const token = state.push('text', '', 0);
      token.content = keep(
        { tex: (found[1] ?? '').trim(), display: display !== null },
        state.env as Environment,
      );
    }
    state.pos += found[0].length;
    return true;
  });
}
