/** A pattern of words and phrases; letters beside them make others of them ("wenn" in "wennschon"), in any alphabet. */
export function said(list: string, more = ''): RegExp {
  const phrases = list
    .trim()
    .replaceAll(/\s*\|\s*/gu, '|')
    .replaceAll(/\s+/gu, '\\s+');
  return new RegExp(`(?<!\\p{L})(?:${phrases})(?!\\p{L})${more === '' ? '' : `|${more}`}`, 'iu');
}

/** "The handout says 97 %, I measured 95.2 %": behind somebody's number, the writer's own words begin. */
const OWN_WORDS = String.raw`(?<=\d\s?%?\s?)[,，]\s*(?:我|(?:and|und|et|en|y|e)?\s*(?:(?:i|we|my|our|mine|ours|ich|wir|mein\p{L}*|unser\p{L}*|bei\s+(?:mir|uns)|nous|notre|nos|je|mon|ma|ik|wij|mijn|ons|onze|mi|mis|nosotros|nuestr\p{L}+|noi|io|il\s+mio|il\s+nostro)(?!\p{L})|j['’]))`;

/** Where words end that a number cannot be under: "Guessing would give 0.1, but this model has 0.9217." */
export const CONTRAST: RegExp = new RegExp(
  said(
    `but | however | while | whereas | although | though | yet | instead(?! of) | aber | jedoch | während | sondern | doch
     | mais | tandis | cependant | maar | terwijl | echter | pero | sino | mientras | ma | però | mentre | mas | porém | enquanto`,
    `;|但|而|${OWN_WORDS}`,
  ),
  'giu',
);

/** The text is about what somebody else says: the handout, a paper. It holds up to the next word of contrast. */
export const ELSEWHERE: RegExp = said(
  `according to(?! (?:the )?(?:my|our|model|keras|evaluat\\w*|output|logs?|code|program|notebook|test)(?!\\p{L}))
   | hand-?out | assignment | literature | papers? | state[- ]of[- ]the[- ]art | sota | leader-?board | published | tutorial | typical(?:ly)? | authors? | answer key | (?:sample|model) (?:answers?|solutions?) | wikipedia
   | et al\\.? | in \\[\\d{1,2}\\](?!\\s*[=≈]) | (?:from|on|at|by) (?:kaggle|hugging ?face|github|stack ?overflow|the internet|medium\\.com)
   | (?:chatgpt|gpt-?\\d\\w*|copilot|gemini|claude|an? (?:llm|ai)) (?:told|tells|thinks?|thought|predict\\p{L}*|guess\\p{L}*|suggest\\p{L}*|claims?|claimed|answer\\p{L}*|gave|wrote|reports?|reported|got|reach\\p{L}*|has)
   | reference (?:solution|model|network|implementation|values?|run)s? | (?:master|official) solution | referenzlösung | solution de référence
   | lenet(?:-?5)? | (?:keras|tensorflow|pytorch)(?:['’]?s)?(?:['’])? (?:own )?(?:example|docs|documentation|website|guide)
   | instructions? | lecture | world record | examples? (?:of|from|in) (?:keras|tensorflow|pytorch|the (?:docs|documentation|book|page))
   | stand der technik | état de l['’]art | estado del arte | stato dell['’]arte | estado da arte | veröffentlich\\p{L}* | publié\\p{L}* | publicad[oa]s? | wissenschaftliche\\p{L}*
   | (?:lab|question|exercise|teacher|professor|instructor|book|website|internet|chatgpt|documentation|docs|page) (?:says?|said|states?|claims?|gives?|reports?|mentions?)
   | laut | gemäß | aufgabenstellung | aufgabenblatt | übungsblatt | musterlösung | skript | vorlesung | literatur | selon | d['’]après | énoncé | corrigé | polycopié
   | littérature | volgens | opdracht | opgave | handleiding | literatuur | según | enunciado | solucionario | apuntes`,
  '根据|最先进|论文|讲义|講義|课件|教程|题目|文献|维基|(?<!\\p{L})(?:chatgpt|copilot|gemini|claude)\\s*[:：]',
);

/** A condition holds for what follows in its clause. */
export const CONDITION: RegExp = said(
  `if | unless | whether | suppose | supposing | assum\\w+ | imagine | (?<=^\\W*)(?:say|let['’]s say|given|(?:had|were) (?:i|we|it)) | falls(?=\\s+(?:es|das|der|die|wir|man|ich|sie|ein)) | sofern | wenn | angenommen
   | si | supposons | supposant | indien | stel | supongamos`,
  '如果|假如|假设|もし',
);

/** Where no mood of the verb says it again, a condition holds for the main clause too: "如果训练更久，准确率是99%", "If we train longer, the accuracy is 99 %". */
export const FAR_CONDITION: RegExp =
  /如果|假如|假设|要是|倘若|もし|^\W*(?:had|were|hätten|wären)\s+(?:i|we|it|the|wir|ich|das|die)\s[^,]{0,80},|^\W*(?:if|wenn|falls|si|als|se)\s[^,]{0,80}(?<!\p{L})(?:longer|more|fewer|larger|bigger|deeper|länger|mehr|größere?|plus|más|langer|meer|più|mais)(?!\p{L})[^,]{0,80},/iu;

/** At the beginning of a sentence, up to its first comma: the value of something else. */
export const LEADING_COMPARISON: RegExp =
  /^\W*(?:(?:as\s+)?compared\s+(?:to|with)|in\s+comparison\s+(?:to|with)|unlike|gegenüber|verglichen\s+mit|im\s+(?:vergleich|gegensatz)\s+zu\p{L}*|comparé\s+(?:à|au)|par\s+rapport\s+(?:à|au)|vergeleken\s+met|comparado\s+con|rispetto\s+al?|相比|与)[^,，]*$/iu;

/** Wishes and possibilities hold for a number before them, too ("100 % would prove nothing"). */
export const POSSIBLE: RegExp = said(
  `for example | for instance | need(?:s|ed)? (?:an?|the) (?:\\p{L}+ ){0,2}(?:accuracy|loss) | (?:has|have|had) to (?:be|reach|have|get|achieve|exceed)
   | let (?:the|us|our) | (?:maxim\\p{L}+|highest|best) possible | zum beispiel | par exemple | por ejemplo | bijvoorbeeld | would | could | might | may | should | shall | must | will | won['’]t | want(?:ed|s)? to | try(?:ing)? to | tried to
   | needs? to | needed to | hop(?:e|ed|ing) | wish(?:ed|es)? | i['’]d | we['’]d | would like | like to have | goals? | targets? | aim(?:ed|s)? | ideal(?:ly)? | perfect | theory
   | theoretical(?:ly)? | hypothetical(?:ly)? | supposed to
   | was expecting | (?<!(?:as|than) )expect(?:ed|ing|s)?
   | würden? | wäre\\p{L}* | könnte\\p{L}* | sollte\\p{L}* | müsste\\p{L}* | hätte\\p{L}* | dürfte\\p{L}* | möchte\\p{L}* | soll
   | hoff\\p{L}+ | ziel | zielwert | theoretisch | (?<!wie )erwart\\p{L}+
   | serait | seraient | aurait | pourrait | devrait | atteindrait | objectif | cible | attendue?
   | zouden | zou | doel | streefwaarde | hoop | (?<!zoals )verwacht\\p{L}*
   | sería | tendría | podría | debería | objetivo | meta | esperad\\p{L}+
   | sarebbe | potrebbe | dovrebbe | obiettivo | seria | poderia | deveria`,
  '应该|目标|预期|期望|希望|可能|也许',
);

export const GUESSING: RegExp = said(
  `guess\\p{L}* | chance | random(?! (?:seeds?|init\\p{L}*|weights?|noise|state|order)) | raten | geraten | zufall\\p{L}*
   | always (?:says?|predicts?|guesses|answers?|outputs?|chooses?) | constant (?:predictions?|classifiers?|models?|answers?) | majority class(?:ifiers?)? | most frequent class | dummy (?:classifiers?|models?)
   | immer (?:nur )?(?:die|eine)? ?\\p{L}* ?(?:sagt|vorhersagt|rät|antwortet|tippt) | häufigste klasse | mehrheitsklasse | classe majoritaire | clase mayoritaria | meerderheidsklasse
   | toujours (?:la même|prédit|répond) | siempre (?:dice|predice|responde) | altijd (?:zegt|voorspelt)
   | zufällig | hasard | deviner | gokken | toeval\\p{L}* | azar | adivinar | acaso`,
  '随机|瞎猜|总是预测|永远预测',
);

export const NEGATION: RegExp = said(
  `far from | nowhere near | not(?! (?:only|just|bad|surprising\\p{L}*)) | never | nor | neither | cannot | nicht(?! nur) | kein\\p{L}* | nie
   | niemals | pas | jamais | aucune? | niet(?! alleen) | geen | nooit | nunca | tampoco | non | não | no(?!\\s*[.\\d]|\\s+(?:teste|treino|conjunto))`,
  "n['’]t(?!\\p{L})|不|没有|未",
);

/** Other networks than the one that is handed in. */
export const OTHER_MODEL: RegExp = said(
  `(?<=^\\W*)(?:(?:and|but) )?(?:he|she|they (?:reach\\p{L}*|get|got|have|had|report\\p{L}*|obtain\\p{L}*|achiev\\p{L}*)) | previous(?:ly)? | (?:an)?other (?:network|model|group|team|student)(?:['’]?s)?(?:['’])? | colleagues? | neighbou?r | (?:flat|room|house)mates? | last year['’]?s (?:\\p{L}+ )?(?:students?|class|group|model|network) | earlier | baseline | classmates? | friends? | humans? | people | before(?=\\s*[:=]) | vorherig\\p{L}* | vorig\\p{L}* | frühere\\p{L}*
   | précédent\\p{L}* | eerdere? | anterior\\p{L}* | precedente`,
  '之前',
);

const PERSON = String.raw`humans?|people|(?:colleague|classmate|(?:flat|room|house)mate|friend|neighbou?r)(?:['’]?s)?|camarades?|copains?|mitbewohner\p{L}*|kamerad\p{L}*|menschen?|menschlich\p{L}*|kolleg\p{L}+|kommiliton\p{L}+|freund\p{L}*|nachbar\p{L}*|humain\p{L}*|collègues?|(?:mon|mes|un)\s+amis?|mensen|menselijk\p{L}*|collega['’]?s?|vriend\p{L}*|human[oa]s?|compañer\p{L}+|colegas?|amig[oa]s?|uman[oiae]|colleg[ahi]+`;

/** Other ways to classify than a network, and what is somebody else's in the grammar of other languages ("de mon camarade"). */
export const OTHER_METHOD: RegExp = new RegExp(
  `${
    said(
      `svms? | support vector (?:machines?|classifiers?) | k-?nn | (?:k-)?nearest[- ]neighbou?rs? | random forests? | decision trees? | (?:naive )?bayes | xgboost | gradient[- ]boosting | adaboost
       | entscheidungsb[aä]um\\p{L}* | nächste\\p{L}* nachbar\\p{L}* | zufallswald | arbres? de décision | forêts? aléatoires?`,
    ).source
  }|(?<!\\p{L})(?:of|from|von|vom|bei|de|del|d['’]|van|di|da|do)\\s*(?:(?:my|our|a|the|mein\\p{L}*|unser\\p{L}*|mon|ma|mes|notre|nos|un|une|mijn|onze|een|mi|mis|nuestr\\p{L}+|mio|mia|miei|nostr\\p{L}+|meu|minha)\\s+){0,2}(?:${PERSON})(?!\\p{L})|(?:同学|同事|朋友|室友)(?:们)?的`,
  'iu',
);

/** Between two numbers: the second is what the first is compared with. */
export const COMPARED: RegExp = said(
  `than | compared | in comparison | versus | vs | up from | instead of | as opposed to | against | gegenüber | vergleich\\p{L}*
   | verglichen | statt | comparé\\p{L}* | contre | vergeleken | tegenover | comparad\\p{L}+ | frente a | rispetto`,
  '比',
);

/** Directly before a number: it is a bound and not the value. */
export const BOUND: RegExp = new RegExp(
  `(?:(?<![-=])[<>]=?|[≤≥]|${
    said(
      `(?:more|less|fewer|better|worse|higher|lower|greater) than | at (?:least|most)
       | (?<!(?:just|slightly|little) )(?:over|under|above|below|beyond) | exceed\\p{L}* | surpass\\p{L}* | up to
       | mindestens | höchstens | über | unter | mehr als | weniger als | plus de | moins de | au moins | meer dan
       | minder dan | minstens | más de | menos de | al menos | por lo menos | più di | meno di | almeno | mais de
       | pelo menos`,
      '超过|至少|不到|高于|低于',
    ).source
  })\\s*$`,
  'iu',
);

/** A finite verb before a number: what follows behind the number says something else. */
export const IS_SO: RegExp = said(
  `is | was | are | were | has | had | got | gave | gives | reache[sd] | achieve[sd] | obtained? | scored? | ist | war | hat
   | beträgt | betrug | erreicht\\p{L}* | est | était | bereikt\\p{L}* | es | fue | alcanz\\p{L}+ | è`,
);

/** People who are not the writer, or their errors. */
export const OTHER_PERSON: RegExp = new RegExp(
  String.raw`(?<!\p{L})(?:${PERSON})(?!\p{L})(?!\s+(?:and|&|und|et|en|y|e)\s+(?:i|me|ich|moi|ik|yo|io|eu)(?!\p{L}))|人类|同事|同学`,
  'iu',
);

/** Behind a number: "99.8 % accuracy for humans", "0.998 (human)", "97 % von meinem Kollegen". */
export const OF_ANOTHER: RegExp = new RegExp(
  String.raw`^\s*(?:(?:test\s+)?accuracy\s+)?(?:[([]\s*|(?:(?:is|was|ist|war|est|es|è|é)\s+(?:(?:the|die|l['’]|la|a|de)\s*(?:accuracy|genauigkeit|exactitude|exactitud|accuratezza|acurácia|nauwkeurigheid)\s+)?)?(?:what|for|of|by|from|among|von|bei|für|pour|de|chez|van|bij|voor|di|per|por|para)\s+)(?:(?:a|the|my|our|der|die|den|dem|mein\p{L}*|mon|ma|mes|les|un|mijn|mi|mis|los|il|mio|gli|o|os)\s+){0,2}(?:${PERSON})(?!\p{L})`,
  'iu',
);

/** What begins so follows from what stands before it. */
export const CONCLUDES: RegExp = new RegExp(
  `^\\W*(?:${
    said(
      `(?:and )?(?:so|hence|thus|therefore|consequently|i\\.e\\.) | which (?:is|means|gives|makes) | that (?:is|means) | (?:und )?(?:also|daher|somit|damit|folglich|das heißt|was) | (?:et )?donc | soit | ce qui | c['’]est-à-dire | (?:en )?dus | oftewel | wat
       | así que | por (?:lo )?tanto | o sea | es decir | quindi | dunque | cioè | portanto | logo | ou seja`,
      '所以|因此|即',
    ).source
  })`,
  'iu',
);

/** The writer's own model. */
export const OWNS: RegExp = said(
  `i | we | my | our | mine | ours | ich | wir | mein\\p{L}* | unser\\p{L}* | je | nous | notre | mon | ik | wij | we | mijn | ons | onze | mi | nuestr\\p{L}+ | nosotros | noi | nostr\\p{L}+ | meu | nosso | nossa`,
  '我',
);

/** "Wrong: accuracy 0.900": no number stands between the verdict and the figure. */
export const CALLED_WRONG: RegExp =
  /(?<!\p{L})(?:wrong|incorrect|false|not\s+true|falsch|stimmt\s+nicht|faux|fout|onjuist|incorrecto|falso|sbagliato|errado)\s*[:：][^\d.;]{0,60}$|(?:错误|错)\s*[:：][^\d。]{0,60}$/iu;

/** The sentence takes back what was written before it. */
export const CORRECTS: RegExp = new RegExp(
  `${
    said(
      `corrections? | corrected | (?:this|that|it) (?:is|was) (?:wrong|false|incorrect|not (?:right|correct|true)) | (?:right|correct|true|actual|real) (?:value|number|result|figure)s? (?:is|was|are|were) | no,? wait | (?:now|jetzt|nun)(?=\\s*:) | das (?:ist|war) falsch | der richtige wert | corrigendum | errat(?:um|a) | sorry | oops | (?:i|we) (?:meant|mistyped|misread) | typo | it(?: is|['’]s) now | now (?:it(?: is|['’]s)|we (?:have|get|got|reach)|i (?:have|get|got)) | new (?:value|result|number)s?
       | korrektur | korrigiert\\p{L}* | berichtigung | nachtrag | (?:ich|wir) mein(?:t|te)\\p{L}* | neue[rs]? (?:wert|ergebnis)\\p{L}* | correctif | rectification | je voulais dire | correctie | verbetering(?=\\s*:)
       | corrección | fe de erratas | correzione | errata corrige | correção`,
    ).source
  }|更正|修正|(?<!\\p{L})(?:edit(?:ed|iert)?|update[d]?|aktualisiert|mise à jour|actualización|aggiornamento)(?=[^\\p{L}]{0,24}:)`,
  'iu',
);
