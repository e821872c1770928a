import { said } from './standing-words.ts';

/** Before the first of two numbers. */
const FROM = /(?:(?<!\p{L})(?:from|von|de|du|van|da|dal|dalla|desde|del)|从|由)\s*$/iu;
/** Between them, where it says a change by itself. */
const CHANGED_TO = between(
  String.raw`→|⟶|➔|➜|⇒|-+>|=>|up\s+to|down\s+to|auf|naar|para|(?:提高|上升|提升|升高|增加|增长|下降|降低|减少|升|降)?(?:到了?|至)`,
);
/** The same where the sentence has to speak of a change. */
const TO = between('to|à|a|al|alla|ad|hasta|tot|bis');
/** "Accuracies from 0.88 to 0.97" are many; what rises, falls or goes is one. */
const CHANGE = said(
  `improv\\p{L}* | increas\\p{L}* | ris(?:e|es|ing|en) | rose | rais(?:e|ed|es|ing) | climb\\p{L}* | grow\\p{L}* | grew | jump\\p{L}*
   | went | go(?:es|ing)? | gone | boost\\p{L}* | bring(?:s|ing)? | brought | push(?:ed|es|ing)? | got | moved? | moves | changed? | changes
   | drop(?:s|ped|ping)? | fell | fall(?:s|en|ing)? | decreas\\p{L}* | reduc\\p{L}* | lower(?:ed|s|ing)? | sank | sinks? | declin\\p{L}* | shr[aiu]nk\\p{L}*
   | verbesser\\p{L}* | steig\\p{L}* | stieg\\p{L}* | gestiegen | erhöh\\p{L}* | wuchs | wächst | sinkt | gesunken | fiel\\p{L}* | fällt | gefallen | verringer\\p{L}*
   | amélior\\p{L}* | augment\\p{L}* | pass(?:e|é|ée|ant|ait) | mont(?:e|é|ée|ait) | diminu\\p{L}* | baiss\\p{L}* | descend\\p{L}* | tomb\\p{L}* | grimp\\p{L}*
   | mejor\\p{L}* | aument\\p{L}* | sub(?:e|ió|ido|iendo) | pas(?:a|ó|ado) | baj(?:a|ó|ado|ando) | disminu\\p{L}* | reduj\\p{L}* | crec\\p{L}* | descend\\p{L}*
   | verbeter\\p{L}* | stijg\\p{L}* | steeg | stegen | gestegen | da(?:al|alt|len|lde|alde) | gedaald | zak(?:t|te|ken)? | gezakt | ging | gaat | gegaan | nam | neemt
   | miglior\\p{L}* | sal(?:e|ito|ita|iva) | pass(?:a|ato|ata|ava) | sces\\p{L}* | scend\\p{L}* | cal(?:a|ato|ata)
   | melhor\\p{L}* | subi\\p{L}* | pass(?:ou|ando) | ca(?:iu|i|ir|indo) | diminui\\p{L}*`,
  '提高|上升|提升|升高|增加|增长|下降|降低|减少',
);
/** "Ranges from 0.88 to 0.97": no value at all. */
const SPREAD = said(
  `rang(?:e|es|ed|ing) | var(?:y|ies|ied|ying) | spread | lie | lies | between | reich(?:t|en|te|ten) | schwank\\p{L}* | vari\\p{L}+ | oscil\\p{L}* | liggen
   | loopt | lopen`,
);
const NEAR = 80;

/** Words between two numbers, of which the second may be an approximate one. */
function between(words: string): RegExp {
  const about =
    'about|around|nearly|almost|roughly|just|rund|etwa|fast|knapp|environ|presque|casi|quasi|ongeveer|bijna|circa|ca\\.?';
  return new RegExp(`^\\s*(?:%\\s*)?(?:${words})\\s*(?:[~≈]|(?:${about})\\s|大约|约)?\\s*$`, 'iu');
}

/** A number in a text. */
interface Place {
  readonly start: number;
  readonly end: number;
}

/**
 * Whether two numbers of a sentence are the value before a change and the one after it: "rose from 0.88 to 0.9763", "von 0,88
 * auf 0,9763", "0.88 → 0.9763". Then the second is what holds.
 */
export function isChange(sentence: string, first: Place, second: Place): boolean {
  const joint = sentence.slice(first.end, second.start);
  const before = sentence.slice(Math.max(0, first.start - NEAR), first.start);
  if (/^\s*(?:%\s*)?(?:→|⟶|➔|➜|⇒|-+>|=>)/u.test(joint)) return CHANGED_TO.test(joint);
  if (!FROM.test(before) || SPREAD.test(before)) return false;
  if (CHANGED_TO.test(joint)) return true;
  const after = sentence.slice(second.end, second.end + NEAR);
  return TO.test(joint) && (CHANGE.test(before) || CHANGE.test(after));
}
