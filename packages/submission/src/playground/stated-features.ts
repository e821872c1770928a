import { PLAYGROUND_FEATURES, type PlaygroundFeature } from '@labproof/core/playground';

const LABEL =
  /\b(?:input features?|features?|inputs?|eingabemerkmale?n?|eingabe(?:n|größen)?|eingänge?n?|merkmale?n?)\b/gu;
const ALL =
  /\b(?:all|alle)\b(?: of)?(?: the| der)?(?: 7| seven| sieben| available| verfügbaren)*(?: input)? (?:features|inputs|merkmale|eingaben|eingänge)/u;

/** Ways to write the features, the longer ones first: what one has matched is not read again. */
const FORMS: readonly (readonly [RegExp, (which: string) => PlaygroundFeature])[] = [
  [/\(?\bx ?1 ?\)?(?: ?[*·×⋅] ?| times | mal )?\(?x ?2\b\)?/gu, () => 'xTimesY'],
  [
    /\bsin(?:us|e)?(?: of| von)? ?\(? ?x ?([12])\b ?\)?/gu,
    (which) => (which === '1' ? 'sinX' : 'sinY'),
  ],
  [
    /\(?\bx ?([12]) ?\)?(?: ?\^ ?2| squared| quadrat\w*| hoch 2)/gu,
    (which) => (which === '1' ? 'xSquared' : 'ySquared'),
  ],
  [/\bx ?([12])(?!\d)/gu, (which) => (which === '1' ? 'x' : 'y')],
];

/** The features that a text names: behind the word itself where it stands, else anywhere. `null` without any. */
export function statedFeatures(prose: string): PlaygroundFeature[] | null {
  if (ALL.test(prose)) return [...PLAYGROUND_FEATURES];
  const labelled = [...prose.matchAll(LABEL)].flatMap(({ index, 0: label }) => {
    const named = featuresIn(listAfter(prose.slice(index + label.length)));
    return named.length === 0 ? [] : [named];
  });
  if (labelled.length > 0) {
    const kinds = new Set(labelled.map((named) => named.join()));
    // Two lists that differ are two networks, and which of them is meant is for a person to say.
    return kinds.size === 1 ? (labelled[0] ?? null) : null;
  }
  const anywhere = featuresIn(prose);
  return anywhere.length === 0 ? null : anywhere;
}

/** The rest of the sentence behind a label, or the list below it. */
function listAfter(rest: string): string {
  const lines = rest.split('\n');
  const [first = ''] = lines;
  const sentence = first.split(/;|\. (?!x|sin)|\.$/u)[0] ?? '';
  if (featuresIn(sentence).length > 0) return sentence;
  if (first.replaceAll(/[\s:.]/gu, '') !== '') return '';
  const below = lines.slice(1).filter((line) => line.trim() !== '');
  const end = below.findIndex((line) => featuresIn(line).length === 0);
  return below.slice(0, end < 0 ? below.length : end).join('\n');
}

function featuresIn(text: string): PlaygroundFeature[] {
  const found = new Set<PlaygroundFeature>();
  let left = text;
  for (const [form, name] of FORMS) {
    left = left.replaceAll(form, (_, which: unknown) => {
      found.add(name(String(which)));
      return ' ; ';
    });
  }
  return PLAYGROUND_FEATURES.filter((name) => found.has(name));
}
