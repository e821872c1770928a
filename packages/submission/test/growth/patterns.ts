/** Pieces that, said again and again, have made some reader's work grow faster than the text. */
const PIECES = {
  spaces: ' ',
  tabs: '\t',
  newlines: '\n',
  'blank lines': ' \n',
  letters: 'a',
  words: 'word ',
  digits: '7',
  numbers: '0.9217 ',
  claims: 'accuracy 0.9217. ',
  'lines of claims': 'test accuracy 0.9217\n',
  ranges: 'accuracy 0.97 to 0.98 ',
  'lists of figures': '0.97 or ',
  'sentences without an end': 'the accuracy is not 0.97, but ',
  powers: '0.9^',
  products: '0.9 * ',
  'quoted words': '“a” ',
  'open quotes': '“accuracy ',
  'struck words': '~~a~~ ',
  'open strikes': '~~a ',
  'hidden elements': '<s hidden>a',
  'Chinese words': '准确率',
  'lists of pairs': '[0.1, 0.9]\n',
  'progress bars': '1/1 [====] - 1s - loss: 0.1 - accuracy: 0.9\n',
  epochs: 'Epoch 1/2\n - 5s - loss: 0.40 - acc: 0.88\n',
  summaries: 'Trained on 1 samples (',
  durations: '5 min ',
  questions: 'Question 1\n',
  'questions in a line': 'question ',
  'numbers of questions': '1. ',
  stars: '*',
  'bold words': '**a** ',
  'open bold': '**a ',
  underscores: '_a',
  backticks: '`',
  'uneven backticks': '`a``b',
  brackets: '[',
  'open links': '[a](',
  'closed brackets': '[a]',
  'link definitions': '[a]: b "c\n',
  pictures: '![',
  embeds: '![[a|',
  'open embeds': '![[',
  quotes: '> ',
  lists: '- ',
  'nested lists': '- a\n  ',
  tables: '|a',
  'rows of tables': '|a|b|\n',
  tags: '<a ',
  'open tags': '<',
  comments: '<!-- ',
  'closed tags': '</div>',
  divisions: '<div>',
  entities: '&amp;',
  'open entities': '&',
  dollars: '$',
  rules: '---\n',
  equals: '=',
  hashes: '#',
  'commented spaces': '#  x\n',
  parentheses: '(',
  'closed parentheses': ')',
  'escaped quotes': '\\"',
  'single quotes': "'",
  'three quotes': '"""',
  backslashes: '\\',
  calls: 'a(',
  attributes: '.a',
  additions: 'm.add(m)\n',
  assignments: 'a = b\n',
  pipes: ' %>% ',
  addresses: 'http://playground',
  'addresses with settings': 'http://playground#a ',
  train: 'trainä',
  commas: ',',
  semicolons: ';',
  'histories of one line': '"loss": [0.1], ',
  'open histories': "'loss': [",
  'carriage returns': 'a\r',
  escapes: '\u001B]',
  'invisible characters': '\u200B',
  accents: 'e\u0301',
} as const;

const repeated = (piece: string, length: number): string =>
  piece.repeat(Math.ceil(length / piece.length)).slice(0, length);

/** Runs of one thing inside of something that expects an end. */
const WITHIN = {
  'after a question': (run: string) => `question${run}x`,
  'after a number': (run: string) => `It took 5${run}x and the accuracy is 0.9${run}x`,
  'after a comment sign': (run: string) => `a = 1 #${run}x\n# b${run}x`,
  'in a fence': (run: string) => `\`\`\`\n${run}\n\`\`\`\n`,
  'in a fence of Python': (run: string) => `\`\`\`python\nm = ${run}\n\`\`\`\n`,
  'in a link': (run: string) => `[a]: b "${run}\n\n[a](${run}`,
  'in a heading': (run: string) => `# Question 1${run}x\n\ntext`,
  'in a table': (run: string) => `| a | b |\n|---|---|\n| ${run} | x |\n`,
} as const;

/** A log that goes on and on: each of its epochs makes all before it former. */
function risingEpochs(length: number): string {
  const line = (epoch: number): string => `Epoch ${epoch}/99999 - loss: 0.1234 - accuracy: 0.9\n`;
  const count = Math.ceil(length / line(1).length);
  return Array.from({ length: count }, (_, index) => line(index + 1))
    .join('')
    .slice(0, length);
}

/** Every text, by what it is made of: a function of its length in characters. */
export const TEXTS: readonly (readonly [string, (length: number) => string])[] = [
  ['rising epochs', risingEpochs],
  ...Object.entries(PIECES).map(
    ([name, piece]) => [name, (length: number) => repeated(piece, length)] as const,
  ),
  ...Object.entries(WITHIN).flatMap(([place, around]) =>
    (
      [
        'spaces',
        'newlines',
        'letters',
        'digits',
        'stars',
        'brackets',
        'quotes',
        'backslashes',
      ] as const
    ).map(
      (name) =>
        [`${name} ${place}`, (length: number) => around(repeated(PIECES[name], length))] as const,
    ),
  ),
];
