import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Lab, studentEdition } from '../../src/index.ts';
import { filesOf, folderOf, read } from '../support/folder.ts';
import { checkKinds } from '../../../grader/src/checks/registry.ts';
import { smallLab } from '../support/small-lab.ts';

function readBack(lab: Lab): Lab | null {
  const { lab: back, problems } = read(folderOf(filesOf(lab)));
  expect(problems).toEqual([]);
  return back;
}

/** Texts with what YAML and Markdown make something of: colons, hashes, dashes, quotes, blank lines, long lines. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ': ',
        ' #',
        '- ',
        '> ',
        '"',
        "'",
        '`',
        '\n',
        '\n\n',
        '  ',
        '|',
        '1. ',
        '---',
        '\\',
        '[',
        '{',
        '%',
        '@',
        '~',
        'null',
        '0.5',
        '\t',
        '\u00a0',
        '\u2028',
        '\u3000',
      ),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.lorem({ maxCount: 20 }),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) => parts.join('').replaceAll('\r', ''))
  // A lone surrogate is no text that a file could hold.
  .filter((text) => !/\p{Surrogate}/u.test(text));

describe('the files of a lab', () => {
  it('are read to the very same lab', () => {
    expect(readBack(smallLab())).toEqual(smallLab());
    const named: Lab = { ...smallLab(), frameworks: ['pytorch', 'keras'] };
    expect(readBack(named)).toEqual(named);
    expect(studentEdition(named, checkKinds).frameworks).toEqual(['pytorch', 'keras']);
    const edition = studentEdition(smallLab(), checkKinds);
    expect(readBack(edition)).toEqual(edition);
  });

  it('hold every text as it is, wherever it stands', () => {
    fc.assert(
      fc.property(text, text, text, text, (introduction, prompt, title, lookFor) => {
        const lab = smallLab();
        const [first, , third] = lab.questions;
        const check = third?.checks.at(-1);
        if (first === undefined || check?.kind !== 'free-text') throw new Error('it has both');
        Object.assign(first, { prompt, title });
        Object.assign(lab, { introduction });
        const item = { concept: title, points: 1.5, lookFor, words: [title || 'x', 'two words'] };
        check['rubric'] = [item];
        expect(readBack(lab)).toEqual(lab);
      }),
      { numRuns: 60 },
    );
  });

  it('break long paragraphs into lines and give them back whole', () => {
    const sentence =
      'Explain what the network does, and 1. why 2) when - and + how * it # fails > often.';
    const prompt = [
      Array(6).fill(sentence).join(' '),
      `- ${Array(4).fill(sentence).join(' ')}\n- two`,
      `> ${Array(4).fill(sentence).join(' ')}`,
      `| a | b |\n|---|---|\n| ${sentence} | ${sentence} |`,
      `\`\`\`python\n${Array(3).fill(sentence).join(' ')}\nx = 1\n\`\`\``,
    ].join('\n\n');
    const lab = smallLab();
    const [first] = lab.questions;
    if (first === undefined) throw new Error('it has questions');
    first.prompt = prompt;
    const file = filesOf(lab).get('questions/q1.md') ?? '';
    const lines = file.split('\n');
    expect(lines.filter((line) => line.length > 110).every((line) => /^[>|E]/u.test(line))).toBe(
      true,
    );
    expect(lines.findIndex((line) => line.includes('network does'))).toBeGreaterThan(0);
    expect(readBack(lab)).toEqual(lab);
  });
});

describe('what an author may write', () => {
  it('is JSON with everything in one file, as before there was YAML', () => {
    const { introduction, exercises, ...rest } = smallLab();
    const json = JSON.stringify(
      { ...rest, exercises: exercises.map((exercise) => ({ ...exercise, bands: undefined })) },
      null,
      '\t',
    );
    const files = new Map([
      ['lab.json', json],
      ['introduction.md', introduction],
    ]);
    expect(read(folderOf(files))).toMatchObject({ lab: smallLab(), problems: [] });
  });

  it('is a text with a byte order mark and the line ends of Windows', () => {
    const files = filesOf(smallLab());
    for (const [file, content] of files) {
      files.set(file, `\uFEFF${content.replaceAll('\n', '\r\n')}`);
    }
    expect(read(folderOf(files))).toMatchObject({ lab: smallLab(), problems: [] });
  });

  it('is a line where the author likes it, in a prompt and in the introduction', () => {
    const files = filesOf(smallLab());
    files.set('introduction.md', 'Train\ntwo\n  networks.\n');
    files.set(
      'questions/q2.md',
      (files.get('questions/q2.md') ?? '').replace('Which network', 'Which\nnetwork'),
    );
    expect(read(folderOf(files)).lab).toEqual(smallLab());
  });

  it('is a part of the file once, and named again', () => {
    const files = filesOf(smallLab());
    const yaml = files.get('lab.yaml') ?? '';
    const optimizer = /optimizer: (\{[^}]*\})/u.exec(yaml)?.[1] ?? '';
    const first = yaml.replace(optimizer, `&adam ${optimizer}`);
    const at = first.lastIndexOf(optimizer);
    files.set('lab.yaml', `${first.slice(0, at)}*adam${first.slice(at + optimizer.length)}`);
    expect(read(folderOf(files)).lab).toEqual(smallLab());
  });
});

describe('what an author is told of a lab that is right', () => {
  const notesIn = (files: ReadonlyMap<string, string>): string[] =>
    read(folderOf(files)).notes.map(({ file, line, message }) => `${file}:${line} ${message}`);

  it('is which exercises are not measured, except in a student edition', () => {
    expect(notesIn(filesOf(smallLab()))).toEqual([
      'lab.yaml:5 exercise narrow has no bands/narrow.json, so what needs a pass mark needs manual grading',
      'lab.yaml:25 exercise wide has no bands/wide.json, so what needs a pass mark needs manual grading',
    ]);
    expect(notesIn(filesOf(studentEdition(smallLab(), checkKinds)))).toEqual([]);
  });

  it('is what was read as a comment', () => {
    const files = filesOf(smallLab());
    const question = files.get('questions/q2.md') ?? '';
    files.set('questions/q2.md', question.replace('The spiral', 'Spiral #2'));
    expect(notesIn(files)).toContain(
      'questions/q2.md:2 this is read as "Spiral": "#" begins a comment',
    );
    files.set('questions/q2.md', question.replace('The spiral', 'The spiral # once more'));
    expect(notesIn(files)).toHaveLength(2);
  });
});
