/**
 * What names one class of several in the languages of classes: "class 8", "digit 5", "Ziffer 8", "classes 3 and 5", "the sevens",
 * "sneakers". All of them are no one class: "digits 0 to 9", "10 classes".
 */
const CLASS = String.raw`(?:(?<!\p{L})(?:(?:class|digit|label|category|klasse|ziffer|kategorie|classe|chiffre|catégorie|cijfer|categorie|clase|dígito|cifra|categoría|categoria|(?<=the\s)number|(?<=die\s)zahl)(?:e?s|n)?|(?:数字|类别|類別|标签|クラス)\s{0,2}(?:是|为)?)\s{0,2}(?:=|#|no\.|nr\.)?\s{0,2}["'“”„‘’(\x60]?\s{0,2}(?:\d(?!\d|[.,]\d|\s{0,2}%)(?!\s{0,2}(?:[-–—~…]|\.{2,3}|to|bis|through|à|a|al|tot|hasta|até|到|至)\s{0,2}\d)|(?:zero|one|two|three|four|five|six|seven|eight|nine|null|eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun)(?!\p{L}))["'“”‘’)\x60]?(?:\s{0,2}(?:,|and|und|et|y|e|en|&|和)\s{0,2}\d(?!\d|[.,]\d|\s{0,2}%))*|第\s{0,2}\d\s{0,2}类|(?<!\p{L})(?:for|on|of|bei|auf|für|von|pour|sur|voor|op|van|para|per)\s{1,3}(?:(?:the|den|der|die|les|de|los|las|i|le)\s{1,3})?(?:zero(?:e?s)|twos|threes|fours|fives|sixes|sevens|eights|nines|nullen|einsen|zweien|dreien|vieren|fünfen|sechsen|siebene?n|achte?n|neune?n|shirts?|t-shirts?|sneakers?|trousers|sandals?|coats?|bags?|pullovers?|dresses|(?:ankle[\s-])?boots|hemden|hosen|sandalen|taschen|mäntel|kleider|turnschuhe|stiefel)(?!\p{L})|(?<!\p{L})(?:worst|best|hardest|easiest|weakest|schlechteste|beste|schwierigste|slechtste)n?\s{1,3}(?:class|digit|klasse|ziffer|cijfer)(?!\p{L}))`;

/** Classes by their names, as many of one: digits, and what the pictures of well-known data sets show. */
const NAMES = String.raw`zero(?:e?s)|ones|twos|threes|fours|fives|sixes|sevens|eights|nines|einsen|zweien|dreien|vieren|fünfen|sechsen|siebenen|achten|neunen|(?:air)?planes|airplanes|automobiles|cars|birds|cats|deers?|dogs|frogs|horses|ships|trucks|flugzeuge|autos|vögel|katzen|hunde|frösche|pferde|schiffe|lastwagen|avions|voitures|oiseaux|chats|chiens|chevaux|bateaux|camions|aviones|coches|pájaros|gatos|perros|caballos|barcos|vliegtuigen|vogels|katten|honden|paarden|schepen`;
const ARTICLE = String.raw`(?:(?:the|den|der|die|les|de|los|las|i|le|all|alle)\s{1,3})?`;
/** "On airplanes the accuracy is 0.95", "Cats are recognised with an accuracy of 95 %"; "ones" alone is no class. */
const OBJECTS = new RegExp(
  String.raw`(?<!\p{L})(?:for|on|of|with|bei|auf|für|von|pour|sur|para|con|voor|op|van)\s{1,3}${ARTICLE}(?<named>(?!ones)(?:${NAMES}))(?!\p{L})|^\W{0,5}${ARTICLE}(?<subject>${NAMES})\s{1,3}(?:are|have|get|reach|were|had|got|werden|haben|erreichen|sind|sont|ont|son|tienen|zijn|hebben|worden)(?!\p{L})|(?<!\p{L})(?:the|die|der|de|le|la|el)\s{1,3}(?<digit>\d)(?=\s{1,3}(?:with|at|mit|avec|con|met)(?!\p{L}))`,
  'giu',
);
const ANY_OBJECT = new RegExp(String.raw`(?<!\p{L})(?!ones)(?:${NAMES})(?!\p{L})`, 'giu');

/** Whether some words name one kind of objects and not two, as "a network that tells cats from dogs" does. */
function namesObject(words: string): boolean {
  const found = [...words.matchAll(OBJECTS)].at(-1);
  if (found === undefined || ALL_AGAIN.test(words.slice(found.index + found[0].length)))
    return false;
  const kinds = new Set(words.match(ANY_OBJECT)?.map((word) => word.toLowerCase()));
  return kinds.size < 2;
}

const NAMED = new RegExp(CLASS, 'giu');
/** At the front of a sentence: "For class 8, the accuracy is 0.95". */
const LEADING = new RegExp(
  String.raw`(?:^|[,;])\W{0,5}(?:(?:and|but|only|und|aber|nur)\s{1,3})?(?:for|on|in|with|bei|für|auf|in|mit|pour|sur|dans|para|en|con|voor|op|bij|met|per|su|na|no|对于?|在)\s{0,2}(?:(?:the|der|die|den|la|le|de|het|el|il|o|a)\s{1,3})?${CLASS}\s{0,2}(?:\([^()]{0,30}\))?\s{0,2}[,，]`,
  'giu',
);
/** Directly behind a number: "0.95 for class 8", "95 % accuracy on the digit 5". */
const BEHIND = new RegExp(
  String.raw`^\s{0,2}(?:\(\s{0,2})?(?:(?:test\s{1,3})?accuracy\s{1,3})?(?:(?:was|is)\s{1,3}(?:reached|the\s{1,3}accuracy)\s{1,3})?(?:(?:for|on|of|in|with|bei|für|auf|von|pour|sur|dans|de|para|en|voor|op|bij|van|per|su|di|na|no)\s{1,3}(?:(?:the|its|our|der|die|den|la|le|het|el|il|o|a)\s{1,3})?)?(?:(?:images?|bilder[n]?|examples?)\s{1,3}of\s{1,3})?${CLASS}`,
  'iu',
);
/** What follows is said of all classes again, or of something new. */
const ALL_AGAIN =
  /(?<!\p{L})(?:and|und|et|y|en|so|therefore|overall|total|altogether|all|insgesamt|gesamt\p{L}*|alle[nr]?|global\p{L}*|toutes|todas|complessiv\p{L}*|totaal|totale?)(?!\p{L})|和|总|所有/iu;

/**
 * Whether a number is said of one class. `wide` is what stands before it up to a word of contrast, `near` up to a comma, `after`
 * what stands behind it in its clause.
 */
export function isOfOneClass(wide: string, near: string, after: string): boolean {
  if (BEHIND.test(after) || namesObject(near)) return true;
  const named = [...near.matchAll(NAMED)].at(-1);
  if (named !== undefined && !ALL_AGAIN.test(near.slice(named.index + named[0].length))) {
    return true;
  }
  const leading = [...wide.matchAll(LEADING)].at(-1);
  if (leading === undefined) return false;
  const rest = wide.slice(leading.index + leading[0].length);
  // A number between has taken what was named: "for class 8, 0.95, and 0.9763".
  return !/\d/u.test(rest) && !ALL_AGAIN.test(rest);
}
