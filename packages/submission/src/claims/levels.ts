import type { Numeral } from './numeral.ts';

/** A unit or noun after a number that makes it something other than a metric. */
const OTHER_UNIT =
  /^\s*(?:[-–]\s*)?(?:s\b|secs?\b|seconds?\b|ms\b|us\b|µs\b|min\b|mins\b|minutes?\b|hours?\b|h\b|epochs?\b|epochen\b|époques?(?!\p{L})|épocas?(?!\p{L})|epoc\p{L}+|sekunden\b|minuten\b|stunden\b|secondes?\b|seconden\b|segundos\b|轮|个|张|秒|images?\b|pictures?\b|bilder\p{L}*|samples?\b|examples?\b|digits?\b|neurons?\b|neuronen\b|units?\b|layers?\b|nodes?\b|filters?\b|classes\b|param|weights?\b|steps?\b|batch(?:es)?\b|runs?\b|times\b|x\s*\d|×|[·⋅∙*]\s*\d|\\(?:times|cdot)\b|pixels?\b|px\b|(?:percentage\s+)?points?\b|prozentpunkte?\b|pp\b|(?:%\s*)?(?:higher|lower|better|worse|more|less|fewer|faster|slower|smaller|larger|bigger|shorter|increase|decrease|improvement|difference|drop|besser|höher|mehr|weniger|schneller|of\s+the\s+(?:weights|parameters|connections|neurons|units|features|pixels|memory|gpu|time|training\s+time))\b|(?:ci|ki|confidence|conf\.|credible|konfidenz\p{L}*|vertrauens\p{L}*|de\s+confiance|de\s+confianza|betrouwbaarheid\p{L}*)(?!\p{L})|uhr\b|o['’]clock|:\d|(?:st|nd|rd|th)\b)/iu;
const NOT_A_LEVEL =
  /(?:(?<!\p{L})(?:by|um)(?:\s+(?:a\s+factor(?:\s+of)?|only|just|about|around|roughly|nearly|almost|another|nur|etwa|slechts|ongeveer))*|question|(?<!\p{L})q|figure|fig\.?|table|layer|batch|seed|step|model|exercise|chapter|section|version|(?<!\p{L})(?:top|class|digit|ziffer|nr|no)[-.\s]?|out\s+of|±|\+\/?-|\d\s*%?\s*(?:[x×·⋅∙*]|\\(?:times|cdot)(?!\p{L}))|(?<![\d.,])\d+\s*\/)\s*$/iu;
/** "9763/10000" is a share, which is worked out elsewhere; "0.99/0.97" are two values. */
const DIVIDED = /^\s*\/\s*\d/u;
/** Behind a number: it says how far two values lie apart. */
const APART_AFTER =
  /^\s*(?:(?:below|beneath|above(?!\s+all)|behind|short\s+of|away|apart|off|ahead)(?!\p{L})|(?:under|over)\s+(?:(?:the|that|its|our)\s+)?(?:train\w*|validation|val|test|first|second|linear|previous|other)\s+(?:accuracy|loss|one|model|network)|(?:unter|über|unterhalb|oberhalb)\s+(?:der|dem|den|des|die|das)(?!\p{L})|(?:niedriger|geringer|kleiner|größer|schlechter|lager|hoger|slechter|onder|boven|en[\s-]dessous|au[-\s]dessus|inférieur|supérieur|de\s+(?:plus|moins)|plus|moins|por\s+(?:debajo|encima)|inferior|superior|más|menos|mayor|menor|mejor|peor|sotto|sopra|in\s+(?:più|meno)|abaixo|acima)(?:e?s)?(?!\p{L}))/iu;
/** The same before a number: "rose 5 % to 97 %", "the difference between both is 0.0138", "比训练准确率低1.4%". */
const APART_BEFORE =
  /(?:(?<!\p{L})(?:increas|improv|dropp|decreas)(?:e[sd]?|ing|s|ed)|(?<!\p{L})(?:rose|rises|fell|falls|grew|grows|gained|gains|lost|loses)|(?<!\p{L})(?:differences?|gaps?|unterschied|differenz|abstand|écart|différence|verschil|diferencia|brecha|differenza|diferença)(?!\p{L})(?:[^.;:,]|[.,](?=\d)){0,70}(?<!\p{L})(?:is|was|of|are|beträgt|betrug|von|est|de|était|bedraagt|van|es|fue|è|di|é)(?:\s+(?:only|just|about|around|nur|rund|etwa|de|environ|ongeveer))*|(?<!最)[低高少多](?:了|约|大约|出)?|相差|差距[^，。]{0,20}[是为])\s*$/iu;
/** No two values that anybody compares lie further apart, in percentage points; whatever is larger may be a level. */
const FARTHEST_APART = 30;
/** "0.2 as validation split", "0.25 dropout": a setting that is named behind its number. */
const SETTING_AFTER =
  /^\s*(?:(?:as|for)\s+(?:(?:a|the|our|my)\s+)?(?:val|validation)(?!\p{L})|(?:val|validation)[\s_-]*split|(?:val|validation|training|train|test)[\s_-]+(?:data|images?|set|samples?)(?!\p{L})(?!\s+(?:acc|loss))|(?:trainings|validierungs|test)daten(?!\p{L})|(?:as\s+(?:the\s+|a\s+)?)?(?:drop-?out|learning[\s_-]*rate|lr|momentum|weight[\s_-]*decay|patience|lernrate)(?!\p{L}))/iu;
/** "100 % - 2.37 % = 97.63 %": the terms of a sum are no results, only what comes out is. */
const TERM_AFTER = /^\s*[-−–+]\s*[\d.,]{1,12}\s*%?\s*[=≈]/u;
const TERM_BEFORE = /\d\s*%?\s*[-−–+]\s*$/u;
/** "80 % / 20 %", "80:20": two shares of one whole. */
const SHARE_BEFORE = /(?<![\d.,])(?<other>\d{1,2})\s*%?\s*[/:]\s*$/u;
const SHARE_AFTER = /^\s*[/:]\s*(?<other>\d{1,2})(?![\d.,]\d|\d)/u;
/** "0.92^10", "0.92**10", "0.92⁵", "10⁻³", "2 × 10": powers and products are worked out and not measured. */
const RAISED =
  /^\s*[)\]]?\s*(?:\^(?!\^?\s?(?:\[\d{1,3}\]|1(?![\d.,/^])|[*†‡]))|\*\*|[⁰²³⁴-⁹⁻]|¹[⁰¹²³⁴-⁹]|(?:squared|cubed|to\s+the\s+(?:power|second|third|fourth|fifth|sixth|n-?th|\d(?:nd|rd|th))|im\s+quadrat|hoch|à\s+la\s+puissance|tot\s+de\s+macht|elevado)(?!\p{L}))/iu;
const EXPONENT = /(?:\^|\*\*)\s*[({]?\s*-?\s*$/u;
/** "= 0.7308" behind a power, and what "to the power of 5", "squared" or "pow(0.94, 5)" gives. */
const POWER_GIVES =
  /(?:(?:\^|\*\*|[⁰²³⁴-⁹]|(?<!\p{L})(?:power\s+of|hoch|puissance|macht)\s)[^.;]{0,60}?(?:[=≈]|\\approx|(?<!\p{L})(?:gives|is|makes|ergibt|donne|geeft|da))|(?:squared|cubed|to\s+the\s+(?:second|third|fourth|fifth|sixth|\d(?:nd|rd|th)))(?!\p{L})[^;\d]{0,30}|(?<!\p{L})(?:pow|exp|log|ln|sqrt)\s?\([^()]{1,60}\)\s?(?:[=≈]|\\approx))\s*(?:about\s*|~)?$/iu;
/** "0.97 · 0.97 · 0.97 =" */
const PRODUCT_GIVES =
  /\d\s{0,2}%?\s{0,2}(?:[*×·⋅∙]|(?<=\s)x(?=\s)|\\(?:times|cdot)(?!\p{L}))\s{0,2}(?<last>\d[\d.,]{0,20}|[.…]{1,3}|\\[lc]?dots)\s{0,2}%?\s{0,2}\$?\s{0,2}(?:[=≈]|\\approx|(?<!\p{L})(?:gives|is|makes|ergibt|donne|geeft|da)(?!\p{L}))\s{0,2}(?:about\s{0,2}|~)?\$?\s{0,2}$/iu;
/** "The accuracy for a whole code is": what several digits together have is worked out from one. */
const OF_SEVERAL =
  /(?<!\p{L})(?:(?:whole|entire|complete|full|ganze[nrs]?|gesamte[nrs]?|vollständige[nrs]?|hele|volledige|tout\s+le|toute\s+la|código|codice|codigo)\s+(?:code|postcode|post\s?code|zip|number|sequence|plz|postleitzahl|code\s+postal|completo|entero|postal|intero|inteiro)|(?:two|three|four|five|six|zwei|drei|vier|fünf|sechs|deux|trois|quatre|cinq|vijf|cinco|cinque)\s+(?:digits|ziffern|chiffres|cijfers|dígitos|cifre)|(?:\d|two|three|four|five|six)[\s-]digit\s+(?:(?:post|postal|zip)\s?)?(?:codes?|numbers?|sequences?)|all\s+(?:\d|two|three|four|five|six)(?:\s+of\s+them)?|(?:zwei|drei|vier|fünf|sechs)stellige\p{L}*)(?!\p{L})[^.;,:\d]{0,40}$/iu;
/** Between a result and the same once more: "= 0.8853 ≈ 0.89". */
const SAME_AGAIN = /^\s{0,2}\$?\s{0,2}(?:[=≈]|\\approx|i\.e\.|or|oder|ou)\s{0,2}\$?\s{0,2}$/iu;
/** Inside the brackets of a shape or a call: "(28, 28, 1)", "Dropout(0.25)". */
const CALLED = /(?:\p{sc=Latin}|_)\w*\([^()]{0,60}$/u;
const SHAPE = /[([]\s*(?:None|\d+)\s*,\s*(?:\d+\s*,\s*)*$/u;

/** What is said of two metrics or of a plot, and is the level of neither: "the ratio of the accuracies is 0.98". */
const OF_SOMETHING_ELSE =
  /(?<!\p{L})(?:ratio|quotient|correlation|area\s+under|ax[ei]s|scale|slope|verhältnis|quotient|korrelation|achse|steigung|rapport\s+(?:des|entre)|corrélation|l['’]axe|verhouding|correlatie|correlación|correlazione)(?!\p{L})[^.;:,\d]{0,60}(?:from\s[\d.,]{1,8}\s?%?\s(?:up\s)?to\s)?$/iu;
/** "Keras 3.9", "Python 3.11" */
const VERSIONED =
  /(?<!\p{L})(?:keras|tensorflow|tf|python|pytorch|torch|numpy|cuda|node(?:\.js)?|windows|ubuntu|macos|java|rstudio|jupyter|colab)\s?v?$/iu;

/** No metric is negative; a dash behind a space and before a digit is a minus. */
const NEGATIVE = /(?:^|[\s(:=,])-$/u;

const NEAR = 90;

/** Whether a number can be the level of a metric: not a count, a time, an index, an exponent, a difference or a result of sums. */
export function isLevel(sentence: string, numeral: Numeral): boolean {
  const { start, end, power, fractional, percent } = numeral;
  if (power) return false;
  const before = sentence.slice(Math.max(0, start - NEAR), start);
  const after = sentence.slice(end, end + NEAR);
  if (NEGATIVE.test(before)) return false;
  if (!fractional && !percent && DIVIDED.test(after)) return false;
  if (OTHER_UNIT.test(after) || NOT_A_LEVEL.test(before)) return false;
  if (OF_SOMETHING_ELSE.test(before)) return false;
  if (numeral.value >= 1 && !percent && VERSIONED.test(before)) return false;
  if (isShare(numeral, before, after)) return false;
  if (SETTING_AFTER.test(after) || TERM_AFTER.test(after)) return false;
  if (TERM_BEFORE.test(before) && /^\s*[=≈]/u.test(after)) return false;
  if (isSmall(numeral) && (APART_AFTER.test(after) || APART_BEFORE.test(before))) return false;
  if (RAISED.test(after) || EXPONENT.test(before) || isWorkedOut(before)) return false;
  if (OF_SEVERAL.test(before)) return false;
  if (!fractional && SHAPE.test(before)) return false;
  const call = CALLED.exec(before)?.[0] ?? '';
  return call === '' || /^(?:acc|accuracy|loss|test|train|val)\w*\(/iu.test(call) || isValue(call);
}

/** Whether a number behind these words is the result of a power or a product; "0.9763 · 100 = 97.63" says the same in per cent. */
function isWorkedOut(before: string): boolean {
  const last = PRODUCT_GIVES.exec(before)?.groups?.['last'];
  return (last !== undefined && last !== '100') || POWER_GIVES.test(before);
}

/**
 * The numbers of a sentence that may be levels of a metric. The result of a power or a product is none, and stays none where
 * the sentence says it again: "0.97^5 = 0.8587 ≈ 0.86, so the accuracy for a whole code is 0.86".
 */
export function levelsIn(sentence: string, numerals: readonly Numeral[]): Numeral[] {
  const results: Numeral[] = [];
  let last: Numeral | undefined;
  return numerals.filter((numeral) => {
    const before = sentence.slice(Math.max(0, numeral.start - NEAR), numeral.start);
    const again =
      last !== undefined &&
      last === results.at(-1) &&
      SAME_AGAIN.test(sentence.slice(last.end, numeral.start));
    last = numeral;
    if (again || isWorkedOut(before)) {
      if (results.length < MOST_RESULTS) results.push(numeral);
      return false;
    }
    return isLevel(sentence, numeral) && !results.some((result) => isSame(result, numeral));
  });
}

/** More results than anybody works out in one sentence. */
const MOST_RESULTS = 20;

/** Whether two numbers are one value, as a fraction or in per cent, the coarser one rounded or cut off. */
function isSame(a: Numeral, b: Numeral): boolean {
  const [one, other] = [a, b].map(({ value, step, fractional, percent }) => {
    const scale = (percent && !(value < 1 && fractional)) || value > 1 ? 100 : 1;
    return { value: value / scale, step: step / scale };
  });
  return (
    one !== undefined &&
    other !== undefined &&
    Math.abs(one.value - other.value) < Math.max(one.step, other.step)
  );
}

function isShare({ value, fractional }: Numeral, before: string, after: string): boolean {
  if (fractional) return false;
  const other = (SHARE_BEFORE.exec(before) ?? SHARE_AFTER.exec(after))?.groups?.['other'];
  return other !== undefined && value + Number(other) === 100;
}

function isSmall({ value, percent }: Numeral): boolean {
  return (percent || value > 1 ? value : value * 100) < FARTHEST_APART;
}

/** "np.float64(0.92)", "tensor(0.28)", "array([0.28": values as libraries print them. */
function isValue(call: string): boolean {
  return /^(?:float|np_float|float16|float32|float64|double|tensor|array|list|tuple|dict|c|Tensor|dict_values|EagerTensor|numpy)\(/u.test(
    call,
  );
}
