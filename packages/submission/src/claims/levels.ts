import type { Numeral } from './numeral.ts';

/** A unit or noun after a number that makes it something other than a metric. */
const OTHER_UNIT =
  /^\s*(?:[-–]\s*)?(?:s\b|secs?\b|seconds?\b|ms\b|us\b|µs\b|min\b|mins\b|minutes?\b|hours?\b|h\b|epochs?\b|epochen\b|époques?(?!\p{L})|épocas?(?!\p{L})|epoc\p{L}+|sekunden\b|minuten\b|stunden\b|secondes?\b|seconden\b|segundos\b|轮|个|张|秒|images?\b|pictures?\b|bilder\p{L}*|samples?\b|examples?\b|digits?\b|neurons?\b|neuronen\b|units?\b|layers?\b|nodes?\b|filters?\b|classes\b|param|weights?\b|steps?\b|batch(?:es)?\b|runs?\b|times\b|x\s*\d|×|\\(?:times|cdot)\b|pixels?\b|px\b|(?:percentage\s+)?points?\b|prozentpunkte?\b|pp\b|(?:%\s*)?(?:higher|lower|better|worse|more|less|increase|decrease|improvement|difference|drop|besser|höher|mehr|weniger)\b|\/\s*\d|:\d|(?:st|nd|rd|th)\b)/iu;
const NOT_A_LEVEL =
  /(?:(?<!\p{L})(?:by|um)(?:\s+(?:only|just|about|around|roughly|nearly|almost|another|nur|etwa|slechts|ongeveer))*|question|(?<!\p{L})q|figure|fig\.?|table|layer|batch|seed|step|model|exercise|chapter|section|version|(?<!\p{L})(?:top|class|digit|ziffer|nr|no)[-.\s]?|±|\+\/?-|\d\s*[/x×])\s*$/iu;
/** "0.92^10", "0.92**10", "0.92⁵", "10⁻³", "2 × 10": powers and products are worked out and not measured. */
const RAISED =
  /^\s*[)\]]?\s*(?:\^|\*\*|[⁰¹²³⁴-⁹⁻]|(?:to\s+the\s+power|hoch|à\s+la\s+puissance|tot\s+de\s+macht|elevado)(?!\p{L}))/iu;
const EXPONENT = /(?:\^|\*\*)\s*[({]?\s*-?\s*$/u;
/** "= 0.7308" behind a power or a product, and what "to the power of 5" gives. */
const WORKED_OUT =
  /(?:\^|\*\*|[⁰¹²³⁴-⁹]|\d\s*[*×·]\s*\d|(?<!\p{L})(?:power\s+of|hoch|puissance|macht)\s)[^.;]{0,60}?(?:[=≈]|(?<!\p{L})(?:gives|is|makes|ergibt|donne|geeft|da))\s*(?:about\s*|~)?$/iu;
/** Inside the brackets of a shape or a call: "(28, 28, 1)", "Dropout(0.25)". */
const CALLED = /(?:\p{sc=Latin}|_)\w*\([^()]{0,60}$/u;
const SHAPE = /[([]\s*(?:None|\d+)\s*,\s*(?:\d+\s*,\s*)*$/u;

/** No metric is negative; a dash behind a space and before a digit is a minus. */
const NEGATIVE = /(?:^|[\s(:=,])-$/u;

const NEAR = 90;

/** Whether a number can be the level of a metric: not a count, a time, an index, an exponent, a difference or a result of sums. */
export function isLevel(sentence: string, { start, end, power, fractional }: Numeral): boolean {
  if (power) return false;
  const before = sentence.slice(Math.max(0, start - NEAR), start);
  const after = sentence.slice(end, end + NEAR);
  if (NEGATIVE.test(before)) return false;
  if (OTHER_UNIT.test(after) || NOT_A_LEVEL.test(before)) return false;
  if (RAISED.test(after) || EXPONENT.test(before) || WORKED_OUT.test(before)) return false;
  if (!fractional && SHAPE.test(before)) return false;
  const call = CALLED.exec(before)?.[0] ?? '';
  return call === '' || /^(?:acc|accuracy|loss|test|train|val)\w*\(/iu.test(call) || isValue(call);
}

/** "np.float64(0.92)", "tensor(0.28)", "array([0.28": values as libraries print them. */
function isValue(call: string): boolean {
  return /^(?:float|np_float|float16|float32|float64|double|tensor|array|list|tuple|dict|c|Tensor|dict_values|EagerTensor|numpy)\(/u.test(
    call,
  );
}
