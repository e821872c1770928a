/**
 * Characters that show nothing: format characters (zero-width, soft hyphens, directions), the joiner of graphemes, fillers
 * of Hangul, the blank Braille cell, variation selectors. Unicode 15, Default_Ignorable_Code_Point and U+2800.
 */
const INVISIBLE =
  /\p{Cf}|\p{Variation_Selector}|\u034F|[\u115F\u1160\u17B4\u17B5\u2800\u3164\uFFA0]/gu;

/** Signs of other scripts and widths that mean what the ASCII sign means beside a number. */
const SIGNS: ReadonlyMap<string, string> = new Map([
  ['．', '.'],
  ['٫', '.'],
  ['٬', ','],
  ['％', '%'],
  ['﹪', '%'],
  ['٪', '%'],
  ['：', ':'],
  ['＝', '='],
  ['～', '~'],
  ['－', '-'],
  ['−', '-'],
  ['＋', '+'],
  ['／', '/'],
  ['（', '('],
  ['）', ')'],
  ['［', '['],
  ['］', ']'],
]);
const FOREIGN = new RegExp(`[${[...SIGNS.keys()].join('')}]|(?![0-9])\\p{Nd}`, 'gu');

const values = new Map<string, string>();

/** `text` without what shows nothing, and with digits and signs of any script and width as ASCII writes them. */
export function readable(text: string): string {
  return withoutInvisible(text).replaceAll(
    FOREIGN,
    (character) => SIGNS.get(character) ?? digitOf(character),
  );
}

/** `text` without characters that show nothing. */
export function withoutInvisible(text: string): string {
  return text.replaceAll(INVISIBLE, '');
}

/** Unicode keeps the decimal digits of a script together, in ascending order from its zero. */
function digitOf(character: string): string {
  const known = values.get(character);
  if (known !== undefined) return known;
  const code = character.codePointAt(0) ?? 0;
  let before = 0;
  // The mathematical digits are five tens in a row, more than any script has.
  while (before < 50 && /^\p{Nd}$/u.test(String.fromCodePoint(code - before - 1))) before += 1;
  const digit = String(before % 10);
  values.set(character, digit);
  return digit;
}
