import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filesOf, folderOf, problemsIn, read } from '../support/folder.ts';
import { smallLab } from '../support/small-lab.ts';

type Files = Map<string, string>;

/** Replaces a text in a file of the small lab; a test that changes nothing is wrong. */
const changed =
  (file: string, from: string, to: string) =>
  (files: Files): void => {
    const text = files.get(file) ?? '';
    if (!text.includes(from)) throw new Error(`${file} has no "${from}"`);
    files.set(file, text.replace(from, to));
  };
const written =
  (file: string, text: string) =>
  (files: Files): void =>
    void files.set(file, text);

const [Q1, Q2, Q3] = ['questions/q1.md', 'questions/q2.md', 'questions/q3.md'] as const;

/** A mistake that an author makes, and every line that is printed about it. */
const MISTAKES: Readonly<Record<string, readonly [(files: Files) => void, ...string[]]>> = {
  'an unknown check': [
    changed(Q1, 'architecture', 'architeture'),
    'questions/q1.md:6:13: "kind" cannot be "architeture". Did you mean "architecture"?',
  ],
  'a check without a kind': [
    changed(Q1, 'kind: architecture, ', ''),
    expect.stringMatching(
      /^questions\/q1\.md:6:5: "kind" is missing\. Write "kind: one of architecture, metric-in-band, /,
    ),
  ],
  'a misspelt field': [
    changed(Q1, 'exercise:', 'excercise:'),
    'questions/q1.md:3:1: there is no field "excercise" here. Did you mean "exercise"? There are: number, exercise, rubric, prompt.',
  ],
  'a misspelt field of a check, and not also that it is missing': [
    changed(Q1, 'metric:', 'metrc:'),
    'questions/q1.md:7:36: there is no field "metrc" here. Did you mean "metric"?',
  ],
  'a misspelt field of a rubric': [
    changed(Q3, 'lookFor', 'lookfor'),
    'questions/q3.md:6:37: there is no field "lookfor" here. Did you mean "lookFor"?',
  ],
  'a misspelt field of a recipe': [
    changed('lab.yaml', 'batchSize: 32', 'batchsize: 32'),
    'lab.yaml:20:7: there is no field "batchsize" here. Did you mean "batchSize"?',
  ],
  'a misspelt option': [
    changed(Q1, 'metric: accuracy', 'metric: acuracy'),
    'questions/q1.md:7:44: "metric" cannot be "acuracy". Did you mean "accuracy"? There are: accuracy, loss.',
  ],
  'an option of a union': [
    changed('lab.yaml', 'validation: { from: split', 'validation: { from: spilt'),
    'lab.yaml:22:27: "from" cannot be "spilt". Did you mean "split"? There are: split, test, none.',
  ],
  'an id in a question file': [
    changed(Q3, 'title:', 'id: q3\ntitle:'),
    'questions/q3.md:2:1: there is no field "id" here. The name of the file is the id: leave this field out.',
  ],
  'an unknown exercise': [
    changed(Q1, 'exercise: narrow', 'exercise: narow'),
    'questions/q1.md:3:11: question q1 names the exercise "narow", which this lab does not have. Did you mean "narrow"? There are: narrow, wide.',
  ],
  'an unknown alternative': [
    changed(Q1, '[wide]', '[widde]'),
    'questions/q1.md:4:16: question q1 names the exercise "widde", which this lab does not have. Did you mean "wide"? There are: narrow, wide.',
  ],
  'a check of a model without an exercise': [
    changed(Q1, 'exercise: narrow\n', ''),
    'questions/q1.md:2:1: question q1 checks a model but names no exercise. Write "exercise: narrow", or another of: narrow, wide.',
  ],
  'a comparison with a question that is not there': [
    changed(Q3, 'other: q1', 'other: q9'),
    'questions/q3.md:4:66: question q3 is compared with "q9", which is no other question of this lab. Did you mean "q1"? There are: q1, q2.',
  ],
  'an unknown playground exercise': [
    changed(Q2, 'playground: spiral', 'playground: spirale'),
    'questions/q2.md:4:54: question q2 runs the playground exercise "spirale", which this lab does not have. Did you mean "spiral"?',
  ],
  'a missing field': [
    changed(Q2, 'title: The spiral\n', ''),
    'questions/q2.md:2:1: "title" is missing. Write "title: …".',
  ],
  'an empty field': [
    changed(Q2, 'title: The spiral\n', 'title:\n'),
    'questions/q2.md:2:7: "title" is empty and must be a text.',
  ],
  'a field twice': [
    changed(Q2, 'title: The spiral\n', 'title: The spiral\ntitle: Another\n'),
    'questions/q2.md:3:1: this field stands here twice. Keep one of the two.',
  ],
  'a number where a text belongs': [
    changed('lab.yaml', 'version: 1.0.0', 'version: 1.0'),
    'lab.yaml:3:10: "version" is 1 and must be a text. Put it in quotes: "1.0".',
  ],
  'a number among words': [
    changed(Q3, '[more]', '[more, 168]'),
    'questions/q3.md:6:82: item 2 of "words" is 168 and must be a text. Put it in quotes: "168".',
  ],
  'a text where a number belongs': [
    changed(Q2, 'points: 0.5', 'points: half'),
    'questions/q2.md:5:27: "points" is "half" and must be a number.',
  ],
  'no points': [
    changed(Q2, 'points: 0.5', 'points: 0'),
    'questions/q2.md:5:27: "points" is 0 and must be more than 0.',
  ],
  'a rubric that does not add up': [
    changed(
      Q3,
      'kind: contradiction, points: 0.5, metric: accuracy, other: q1',
      'kind: free-text, points: 2, rubric: [{ concept: a, points: 1, lookFor: b }]',
    ),
    'questions/q3.md:4:32: question q3: its rubric adds up to 1 of 2 points.',
  ],
  'a question without a prompt': [
    changed(Q2, 'Which network solves it?', ''),
    'questions/q2.md:7:1: question q2 has no prompt. Write it below the fields.',
  ],
  'a question with two prompts': [
    changed(Q2, 'title: The spiral\n', 'title: The spiral\nprompt: Another one.\n'),
    'questions/q2.md:3:1: question q2 has two prompts. Keep the field "prompt" or the text below the fields.',
  ],
  'a question that asks for nothing': [
    written(Q2, '---\ntitle: The spiral\n---\nWhich network solves it?\n'),
    'questions/q2.md:2:1: question q2 has neither checks nor a rubric. Write "checks:" for what is decided by itself, "rubric:" for what needs manual grading.',
  ],
  'a question without fields': [
    written(Q2, 'Which network solves it?\n'),
    'questions/q2.md:1:1: the fields of the question are missing. Begin it with "---", then title, exercise and checks, then "---", then the prompt.',
  ],
  'fields without an end': [
    written(Q2, '---\ntitle: The spiral\n'),
    'questions/q2.md:1:1: the fields of the question have no end. Write a line "---" between them and the prompt.',
  ],
  'fields that are a list': [
    written(Q2, '---\n- title\n---\nWhich network solves it?\n'),
    'questions/q2.md:2:1: this is a list and must be a group of fields.',
  ],
  'a colon in a title': [
    changed(Q2, 'title: The spiral', 'title: Task: The spiral'),
    'questions/q2.md:2:8: a second colon stands on this line. Put a text with ": " in it in quotes: title: "Colons: how to write them".',
  ],
  'a quote that is not closed': [
    changed(Q2, 'title: The spiral', 'title: "The spiral'),
    'questions/q2.md:2:8: this quote is not closed. Close it.',
  ],
  'a tab': [
    changed(Q2, '  - { kind: plot', '\t- { kind: plot'),
    'questions/q2.md:5:1: this line is indented with a tab. Indent with spaces.',
  ],
  'a text that begins with a backquote': [
    changed(Q2, 'title: The spiral', 'title: `spiral`'),
    'questions/q2.md:2:8: a text cannot begin with this character. Put the text in quotes.',
  ],
  'a name for a part that there is not': [
    changed('lab.yaml', 'validation: { from: split, share: 0.1 }', 'validation: *split'),
    'lab.yaml:22:19: nothing above has this name. Name the part that you mean with "&", before it is used with "*".',
  ],
  'the name of a question file': [
    (files) => void files.set('questions/q3 copy.md', files.get(Q3) ?? ''),
    'questions/q3 copy.md:1:1: this is no name of a question. Name it by its question, "q3.md", or move it out of this folder.',
  ],
  'two questions of one number': [
    changed(Q2, 'title: The spiral\n', 'title: The spiral\nnumber: 1\n'),
    'questions/q2.md:3:9: two questions have the number 1.',
  ],
  'two questions of one id': [
    (files) =>
      void files.set(
        'lab.yaml',
        `${files.get('lab.yaml')}questions:\n  - id: q3\n    title: Once more\n    prompt: Why?\n    checks: [{ kind: plot, points: 1 }]\n`,
      ),
    'questions/q3.md:2:1: two questions have the id q3.',
  ],
  'two exercises of one id': [
    changed('lab.yaml', 'id: wide', 'id: narrow'),
    'lab.yaml:25:9: two exercises have the id narrow.',
    'questions/q1.md:4:16: question q1 names the exercise "wide", which this lab does not have. There is: narrow.',
  ],
  'an exercise and a playground exercise of one id': [
    changed('lab.yaml', 'id: spiral', 'id: wide'),
    'lab.yaml:45:9: an exercise and a playground exercise have the id wide. Give one of them another id.',
    'questions/q2.md:4:54: question q2 runs the playground exercise "spiral", which this lab does not have. There is: wide.',
  ],
  'an id that is none': [
    changed('lab.yaml', 'id: narrow', 'id: Narrow One'),
    'lab.yaml:5:9: "id" is "Narrow One". Write small letters and digits, with "-" between words.',
    expect.stringContaining('question q1 names the exercise "narrow"'),
  ],
  'an unknown dataset': [
    changed('lab.yaml', 'dataset: mnist', 'dataset: mnits'),
    'lab.yaml:8:16: exercise narrow: there is no dataset "mnits". Did you mean "mnist"? There are: mnist, cifar10.',
  ],
  'a shape that does not fit': [
    changed('lab.yaml', 'inputShape: [784]', 'inputShape: [28, 28]'),
    "lab.yaml:9:19: exercise narrow: the model's first layer takes [784], and the recipe says [28, 28].",
  ],
  'a layer that there is not': [
    changed('lab.yaml', '- { class_name: Dense,', '- { class_name: Dens,'),
    expect.stringMatching(
      /^lab\.yaml:16:13: exercise narrow: the layer "digits" is of the class Dens, which is not supported\. /,
    ),
  ],
  'an optimiser that there is not': [
    changed('lab.yaml', 'class_name: Adam', 'class_name: Adm'),
    'lab.yaml:18:32: "class_name" cannot be "Adm". Did you mean "Adam"? There are: SGD, RMSprop, Adam, AdamW, Adamax, Nadam, Adadelta, Adagrad.',
  ],
  'no introduction': [
    (files) => void files.delete('introduction.md'),
    'introduction.md:1:1: there is no such file. It is what students read before the questions.',
  ],
  'two files that say what the lab is': [
    written('lab.json', '{}'),
    'lab.json:1:1: lab.yaml says what the lab is, too. Keep one of the two.',
  ],
  'a misspelt folder': [
    (files) => {
      for (const file of [Q1, Q2, Q3]) {
        files.set(file.replace('questions', 'question'), files.get(file) ?? '');
        files.delete(file);
      }
    },
    'lab.yaml:1:1: the lab has no questions. Write the first: questions/q1.md.',
    'question:1:1: this is not read. Did you mean "questions"?',
  ],
  'bands of no exercise': [
    written('bands/narow.json', '{}'),
    'bands/narow.json:1:1: no exercise has the id "narow". Did you mean "narrow"? There are: narrow, wide.',
  ],
  'half a file of bands': [
    written('bands/narrow.json', '{\n  "exercise": "narrow",\n'),
    expect.stringMatching(
      /^bands\/narrow\.json:3:1: .*\. Have it measured again: labproof calibrate\.$/,
    ),
  ],
  'a file that holds no bands': [
    written('bands/narrow.json', '{\n  "exercise": "narrow"\n}'),
    'bands/narrow.json:1:1: "arithmetic" is missing. Have it measured again: labproof calibrate.',
  ],
  'an empty list in JSON': [
    (files) => {
      files.delete('lab.yaml');
      const question = '{"id": "q1", "title": "t", "prompt": "p", "alternatives": []}';
      files.set('lab.json', `{\n"title": "t",\n"version": "1",\n"questions": [${question}]\n}`);
      for (const file of [Q1, Q2, Q3]) files.delete(file);
    },
    'lab.json:4:73: "alternatives" has 0 items and must have at least 1.',
  ],
};

describe('whatever stands in a folder', () => {
  it('is a lab or a list of problems, each with its place, and never an error of another kind', () => {
    const whole = filesOf(smallLab());
    const broken = fc.record({
      file: fc.constantFrom(...whole.keys(), 'questions/q4.md', 'bands/narrow.json'),
      from: fc.nat(1500),
      length: fc.nat(40),
      put: fc.oneof(
        fc.constantFrom(
          '',
          ' ',
          '\n',
          '---\n',
          ': ',
          '- ',
          '&a ',
          '*a',
          '<<: *a',
          '{',
          ']',
          '"',
          "'",
          '!!set',
          '? ',
          '\t',
          '\0',
          '__proto__: 1\n',
          'null',
        ),
        fc.string({ maxLength: 10 }),
      ),
    });
    fc.assert(
      fc.property(fc.array(broken, { minLength: 1, maxLength: 4 }), (changes) => {
        const files = new Map(whole);
        for (const { file, from, length, put } of changes) {
          const text = files.get(file) ?? '';
          const at = text.length === 0 ? 0 : from % text.length;
          files.set(file, text.slice(0, at) + put + text.slice(at + length));
        }
        const { lab, problems } = read(folderOf(files));
        expect(lab === null).toBe(problems.length > 0);
        for (const { line, column, message } of problems) {
          expect(Math.min(line, column)).toBeGreaterThanOrEqual(1);
          expect(message).not.toBe('');
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a mistake in a lab', () => {
  it.each(Object.entries(MISTAKES))('%s', (_, [change, ...lines]) => {
    const files = filesOf(smallLab());
    change(files);
    expect(problemsIn(files)).toEqual(lines);
    expect(read(folderOf(files)).lab).toBeNull();
  });

  it('does not hide others: all are named at once, by file and line', () => {
    const files = filesOf(smallLab());
    changed('lab.yaml', 'id: wide', 'id: narrow')(files);
    changed('lab.yaml', 'version: 1.0.0', 'version: 2')(files);
    changed(Q1, 'architecture', 'architeture')(files);
    written(Q2, '---\ntitle: "The spiral\n---\nWhy?\n')(files);
    changed(Q3, 'other: q1', 'other: q4')(files);
    written('bands/narow.json', '{}')(files);
    files.delete('introduction.md');
    expect(problemsIn(files).map((line) => line.split(': ')[0])).toEqual([
      'bands/narow.json:1:1',
      'introduction.md:1:1',
      'lab.yaml:3:10',
      'lab.yaml:25:9',
      'questions/q1.md:6:13',
      'questions/q2.md:2:8',
      'questions/q3.md:4:66',
    ]);
  });

  it('of the lab’s own file leaves the questions to be looked at', () => {
    const files = filesOf(smallLab());
    changed('lab.yaml', 'version: 1.0.0', 'version: "1.0.0')(files);
    changed(Q1, 'architecture', 'architeture')(files);
    expect(problemsIn(files)).toEqual([
      'lab.yaml:3:10: this quote is not closed. Close it.',
      'questions/q1.md:6:13: "kind" cannot be "architeture". Did you mean "architecture"?',
    ]);
  });

  it('in a declared dataset is not also one of the exercises that name it', () => {
    const declared = (id: string, count: string): string =>
      `datasets:\n  - id: ${id}\n    title: Marks\n    credit: nobody\n    classes: [a, b, c, d, e, f, g, h, i, j]\n    imageShape: [28, 28, 1]\n${[
        'train',
        'test',
      ]
        .map(
          (part) =>
            `    ${part}: { count: ${count}, images: { name: ${part}-i, sha256: "${'0'.repeat(64)}" }, labels: { name: ${part}-l, sha256: "${'0'.repeat(64)}" } }\n`,
        )
        .join('')}`;
    const withDataset = (id: string, count: string): Map<string, string> => {
      const files = filesOf(smallLab());
      const yaml = (files.get('lab.yaml') ?? '').replaceAll('dataset: mnist', `dataset: ${id}`);
      return files.set('lab.yaml', `${yaml}${declared(id, count)}`);
    };
    const right = read(folderOf(withDataset('marks', '8')));
    expect(right).toMatchObject({ problems: [], datasets: [{ id: 'marks' }] });
    expect(right.lab?.exercises[0]?.recipe.dataset).toBe('marks');
    expect(problemsIn(withDataset('marks', 'eight')).map((line) => line.split('. ')[0])).toEqual([
      expect.stringMatching(/: "count" is "eight" and must be a number\.$/),
      expect.stringMatching(/: "count" is "eight" and must be a number\.$/),
    ]);
    expect(problemsIn(withDataset('mnist', '8'))).toEqual([
      expect.stringMatching(
        /^lab\.yaml:\d+:9: there is another dataset "mnist" already: .*\. Give the dataset of your lab another id\.$/,
      ),
    ]);
  });

  it('is not that a lab has no exercises, with or without an empty list of them', () => {
    for (const list of ['', ',\n  "exercises": []']) {
      const files = new Map([
        ['lab.json', `{\n  "title": "t",\n  "version": "1"${list}\n}`],
        ['introduction.md', 'i\n'],
        ['questions/q1.md', '---\ntitle: t\nchecks:\n  - { kind: plot, points: 1 }\n---\np\n'],
      ]);
      const { lab, problems, notes } = read(folderOf(files));
      expect({ problems, notes }).toEqual({ problems: [], notes: [] });
      if (lab === null) throw new Error('no lab');
      expect(lab.exercises).toEqual([]);
      // What is written of it is read to the same lab, and names no empty list.
      expect(filesOf(lab).get('lab.yaml')).not.toContain('exercises');
      expect(read(folderOf(filesOf(lab))).lab).toEqual(lab);
    }
  });

  it('in the bytes is named, too', () => {
    const folder = folderOf(filesOf(smallLab()));
    const files = new Map(folder.files).set(Q1, Uint8Array.of(0x2d, 0xff, 0xfe));
    expect(read({ ...folder, files }).problems).toEqual([
      expect.objectContaining({ file: Q1, line: 1, message: 'this is no UTF-8 text' }),
    ]);
  });

  it('in the name of the folder matters where the lab’s file has no id', () => {
    const files = filesOf(smallLab());
    expect(read(folderOf(files, 'My Lab')).lab?.id).toBe('small');
    changed('lab.yaml', 'id: small\n', '')(files);
    expect(read(folderOf(files, 'digits-2027')).lab?.id).toBe('digits-2027');
    expect(read(folderOf(files, 'My Lab')).problems).toEqual([
      expect.objectContaining({
        file: 'lab.yaml',
        message: `the folder's name, "My Lab", is no id of a lab`,
      }),
    ]);
  });
});
