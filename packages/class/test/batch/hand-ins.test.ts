import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import type { HandIn } from '../../src/hand-ins/hand-in.ts';
import { listSubmissions } from '../../src/hand-ins/list-submissions.ts';
import { matchRoster } from '../../src/roster/match-roster.ts';
import { openHandIn } from '../../src/hand-ins/open-hand-in.ts';
import { ClassFolder, problemOf } from '../support/class-folder.ts';
import { DEFAULT_LIMITS } from '@labproof/submission';

let folder: ClassFolder;
beforeEach(() => {
  folder = new ClassFolder();
});
afterEach(() => folder.remove());

function list(path = 'download'): readonly HandIn[] {
  return listSubmissions([folder.at(path)], folder.at('out')).entries;
}

const who = (entries: readonly HandIn[]): string[] =>
  entries.map(({ student, name, rule }) => `${student} | ${name ?? ''} | ${rule}`);

async function filesOf(entry: HandIn | undefined): Promise<string[]> {
  return (await openHandIn(entry?.parts ?? [], DEFAULT_LIMITS)).files.map(({ path }) => path);
}

async function zipOf(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [path, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), path);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

describe('downloads of learning platforms', () => {
  it('Moodle: a folder a student, a .zip inside it, and online text beside it', async () => {
    folder.place('download/Jane Doe_12345_assignsubmission_file_/answers.md', 'x');
    folder.place(
      'download/Émile van der Berg_777_assignsubmission_file/lab.zip',
      await zipOf({ 'lab/answers.md': 'y', 'lab/plot.png': '' }),
    );
    folder.place('download/Jo Ann_42_assignsubmission_file_/plot.png', 'p');
    folder.place('download/Jo Ann_42_assignsubmission_onlinetext_/onlinetext.html', '<p>z');
    const entries = list();
    expect(who(entries)).toEqual([
      '12345 | Jane Doe | moodle',
      '42 | Jo Ann | moodle',
      '777 | Émile van der Berg | moodle',
    ]);
    expect(await filesOf(entries[1])).toEqual(['onlinetext.html', 'plot.png']);
    expect(await filesOf(entries[2])).toEqual(['answers.md', 'plot.png']);
    expect(entries[2]?.why).toBe("Moodle's download names it Émile van der Berg, participant 777");
  });

  it('Moodle without folders: loose files that belong together', async () => {
    folder.place('download/Jane Doe_1_assignsubmission_file_answers.md', 'x');
    folder.place('download/Jane Doe_1_assignsubmission_file_my_plot.png', 'x');
    folder.place('download/Bo Li_2_assignsubmission_file_answers.md', 'x');
    const entries = list();
    expect(who(entries)).toEqual(['1 | Jane Doe | moodle', '2 | Bo Li | moodle']);
    expect(await filesOf(entries[0])).toEqual(['answers.md', 'my_plot.png']);
  });

  it('Canvas: squashed names, late marks, several files of one student', async () => {
    folder.place('download/doejane_LATE_101_9001_answers.md', 'x');
    folder.place('download/doejane_LATE_101_9002_mnist_model.keras', 'x');
    folder.place('download/libo_102_9003_lab.zip', await zipOf({ 'answers.md': 'x' }));
    const entries = list();
    expect(who(entries)).toEqual(['101 | doejane | canvas', '102 | libo | canvas']);
    expect(entries.map(({ markedLate }) => markedLate)).toEqual([true, false]);
    expect(await filesOf(entries[0])).toEqual(['answers.md', 'mnist_model.keras']);
    expect(await filesOf(entries[1])).toEqual(['answers.md']);
  });

  it('Gradescope: folders that a metadata file gives to students', () => {
    folder.place(
      'download/submission_metadata.yml',
      [
        '---',
        'submission_1:',
        '  :submitters:',
        '  - :name: Jane Doe',
        "    :sid: '007'",
        '    :email: jane@example.org',
        '  :created_at: 2026-11-20 23:59:07.123456789 -08:00',
        'submission_2:',
        '  :submitters:',
        '  - :name: Bo Li',
        '    :sid:',
        '    :email: bo@example.org',
        '  - :name: Cy Wu',
        '    :sid: 9',
        '    :email: cy@example.org',
        '',
      ].join('\n'),
    );
    folder.place('download/submission_1/answers.md');
    folder.place('download/submission_2/answers.md');
    folder.place('download/submission_3/answers.md');
    const { entries, passedOver } = listSubmissions([folder.at('download')], folder.at('out'));
    expect(who(entries)).toEqual([
      '007 | Jane Doe | gradescope',
      'bo@example.org | Bo Li | gradescope',
    ]);
    expect(entries[0]?.submittedAt).toBe('2026-11-20 23:59:07.123456789 -08:00');
    expect(entries[1]?.why).toContain('to Bo Li and 1 more');
    expect(passedOver).toEqual([
      {
        path: folder.at('download/submission_3'),
        why: 'submission_metadata.yml does not name it',
      },
    ]);
  });

  it('Gradescope: a metadata file that expands without end is refused', async () => {
    const bomb = ['a: &a [x, x, x]', 'b: &b [*a, *a, *a, *a, *a]', 'c: [*b, *b, *b, *b, *b, *b]'];
    folder.place('download/submission_metadata.yml', bomb.join('\n'));
    folder.place('download/submission_1/answers.md');
    expect((await problemOf(() => list())).code).toBe('gradescope-metadata-unreadable');
  });

  it('GitHub Classroom: the assignment is the name of the folder around', () => {
    folder.place('lab-3-submissions/lab-3-octo-cat/answers.md');
    folder.place('lab-3-submissions/lab-3-hubot/answers.md');
    expect(who(list('lab-3-submissions'))).toEqual([
      'hubot |  | github-classroom',
      'octo-cat |  | github-classroom',
    ]);
  });

  it('leaves names alone that only look a little like one', () => {
    for (const name of ['student-01', 'student-02', 'a_b_c', 'jane_doe_2', 'lab-3-x']) {
      folder.place(`download/${name}/answers.md`);
    }
    expect(new Set(list().map(({ rule }) => rule))).toEqual(new Set(['plain']));
    expect(list().map(({ student }) => student)).toContain('student-01');
  });
});

describe('matchRoster', () => {
  it('gives ids of the roster by the names of a platform, where they are unambiguous', () => {
    folder.place('download/Jane Doe_1_assignsubmission_file_/answers.md');
    folder.place('download/Bo Li_2_assignsubmission_file_/answers.md');
    folder.place('download/Al Ko_3_assignsubmission_file_/answers.md');
    folder.place('download/Zed_4_assignsubmission_file_/answers.md');
    const matched = matchRoster(list(), [
      { student: 'jdoe', name: 'Doe, Jane' },
      { student: '2', name: 'Li Bo' },
      { student: 'ako1', name: 'Al Ko' },
      { student: 'ako2', name: 'Al Ko' },
    ]);
    expect(who(matched)).toEqual([
      '2 | Li Bo | moodle',
      '3 | Al Ko | moodle',
      '4 | Zed | moodle',
      'jdoe | Doe, Jane | moodle',
    ]);
    expect(matched[3]?.why).toContain('the roster has one student of that name, jdoe');
  });

  it('understands squashed names of Canvas', () => {
    folder.place('download/vandoejane_101_9001_answers.md');
    expect(who(matchRoster(list(), [{ student: 'jd', name: 'Jane van Doe' }]))).toEqual([
      'jd | Jane van Doe | canvas',
    ]);
  });
});
