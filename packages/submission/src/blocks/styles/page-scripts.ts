/** What a statement calls or sets when it takes something away from a page, or puts something else in its place. */
const TAKES_AWAY =
  /\.(?:hide|fadeOut|slideUp|toggle|remove|empty|detach|replaceWith|replaceChildren|html|text)\(|\.(?:innerHTML|innerText|textContent|outerHTML|hidden)\s*=|display|visibility|opacity|fontSize|font-size|(?<![\w-])color|classList|className|setAttribute/u;
const BY_ID = /getElementById\(\s*(?<quote>["'`])(?<name>[\w-]{1,80})\k<quote>/gu;
const BY_CLASS = /getElementsByClassName\(\s*(?<quote>["'`])(?<name>[\w-]{1,80})\k<quote>/gu;
const BY_SELECTOR =
  /(?:\$|jQuery|querySelector|querySelectorAll)\(\s*(?<quote>["'`])(?<name>[^"'`{}<>]{1,120})\k<quote>/gu;
/** Libraries that pages carry along are longer than what anybody writes to hide a sentence. */
const LONGEST = 20_000;
const MOST_RULES = 200;
/** Cells of notebooks, which scripts fold and unfold at a click. */
const FOLDED = /^(?:div)?\.(?:input|jp-|prompt|output|code|sourceCode|cell)/u;

/**
 * Style sheets that hide what scripts of a page may hide, show or replace. No script is run: whoever is looked up by its id,
 * class or selector in a statement that takes something away is not known to be seen.
 */
export function sheetsOfScripts(scripts: readonly string[]): string[] {
  const selectors = new Set<string>();
  for (const script of scripts) {
    if (script.length > LONGEST || !TAKES_AWAY.test(script)) continue;
    // A variable may hold the element between two statements, so one script is looked at as a whole.
    for (const [pattern, sign] of [
      [BY_ID, '#'],
      [BY_CLASS, '.'],
      [BY_SELECTOR, ''],
    ] as const) {
      for (const { groups } of script.matchAll(pattern)) {
        const selector = `${sign}${groups?.['name'] ?? ''}`;
        const isNamed = /[#.[]/u.test(selector) && !FOLDED.test(selector);
        if (isNamed && selectors.size < MOST_RULES) selectors.add(selector);
      }
    }
  }
  return [...selectors].map((selector) => `${selector} { display: none !important }`);
}
