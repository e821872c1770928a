import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import type { HandIn } from '../../src/hand-ins/hand-in.ts';
import { listSubmissions } from '../../src/hand-ins/list-submissions.ts';
import { mkdirSync } from 'node:fs';
import { studentId } from '../../src/hand-ins/student-id.ts';
import { readRoster } from '../../src/roster/roster.ts';
import { matchRoster } from '../../src/roster/match-roster.ts';
import { openHandIn } from '../../src/hand-ins/open-hand-in.ts';
import { ClassFolder, problemOf } from '../support/class-folder.ts';
import { DEFAULT_LIMITS } from '@labproof/submission';

let folder: ClassFolder;
beforeEach(() => {
  folder = new ClassFolder();
});
afterEach(() => folder.remove());

async function list(path = 'download'): Promise<readonly HandIn[]> {
  return (await listSubmissions([folder.at(path)], folder.at('out'))).entries;
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
    const entries = await list();
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
    const entries = await list();
    expect(who(entries)).toEqual(['1 | Jane Doe | moodle', '2 | Bo Li | moodle']);
    expect(await filesOf(entries[0])).toEqual(['answers.md', 'my_plot.png']);
  });

  it('Canvas: squashed names, late marks, several files of one student', async () => {
    folder.place('download/doejane_LATE_101_9001_answers.md', 'x');
    folder.place('download/doejane_LATE_101_9002_mnist_model.keras', 'x');
    folder.place('download/libo_102_9003_lab.zip', await zipOf({ 'answers.md': 'x' }));
    const entries = await list();
    expect(who(entries)).toEqual(['101 | doejane | canvas', '102 | libo | canvas']);
    expect(entries.map(({ markedLate }) => markedLate)).toEqual([true, false]);
    expect(await filesOf(entries[0])).toEqual(['answers.md', 'mnist_model.keras']);
    expect(await filesOf(entries[1])).toEqual(['answers.md']);
  });

  it.each([
    [
      'typed and linked work',
      ['doejane_101_text.html', 'roebob_LATE_102_link.html', 'linlou_103_9003_answers.md'],
      ['101 doejane text.html', '102 late roebob link.html', '103 linlou answers.md'],
    ],
    [
      'anonymous grading',
      ['anon_Ab3dE_9001_answers.md', 'LATE_anon_q1w2e_9002_answers.md', 'anon_Ab3dE_9003_x.h5'],
      ['anon_Ab3dE  answers.md, x.h5', 'anon_q1w2e late  answers.md'],
    ],
    [
      'names of groups',
      ['group_a_101_9001_answers.md', 'group_b_102_9002_answers.md', 'group_a_101_9003_x.h5'],
      ['101 group_a answers.md, x.h5', '102 group_b answers.md'],
    ],
    [
      'stray files beside',
      ['doejane_101_9001_answers.md', 'roebob_102_9002_answers.md', 'sheet.md', 'gradebook.csv'],
      ['101 doejane answers.md', '102 roebob answers.md'],
    ],
  ])('Canvas: %s', async (_, files, expected) => {
    for (const file of files) folder.place(`download/${file}`, 'x');
    expect(
      (await list()).map(
        ({ student, name, markedLate, parts }) =>
          `${student}${markedLate ? ' late' : ''} ${name ?? ''} ${parts
            .map(({ file }) => file)
            .join(', ')}`,
      ),
    ).toEqual(expected);
  });

  it('Canvas: takes no dates for numbers of users', async () => {
    folder.place('download/jane_20261123_1159_lab.zip');
    folder.place('download/john_20261124_0930_lab.zip');
    expect(who(await list())).toEqual([
      'jane_20261123_1159_lab |  | plain',
      'john_20261124_0930_lab |  | plain',
    ]);
  });

  it('Blackboard: the last attempt of each student', async () => {
    const at = (user: string, time: string): string =>
      `download/Lab_1_${user}_attempt_2026-11-${time}`;
    folder.place(`${at('jane_d', '20-23-59-07')}_answers.md`, 'x');
    folder.place(`${at('jane_d', '20-23-59-07')}.txt`, 'Name: Jane Doe (jane_d)');
    folder.place(`${at('broe', '20-10-00-00')}_answers.md`, 'x');
    folder.place(`${at('broe', '21-10-00-00')}_answers.md`, 'x');
    folder.place(`${at('broe', '21-10-00-00')}_m.keras`, 'x');
    const { entries, passedOver } = await listSubmissions(
      [folder.at('download')],
      folder.at('out'),
    );
    expect(entries.map(({ student, rule, submittedAt }) => [student, rule, submittedAt])).toEqual([
      ['broe', 'blackboard', '2026-11-21 10:00:00'],
      ['jane_d', 'blackboard', '2026-11-20 23:59:07'],
    ]);
    expect(await filesOf(entries[0])).toEqual(['answers.md', 'm.keras']);
    expect(passedOver.map(({ why }) => why)).toEqual([
      'it is of an earlier attempt of broe, of 2026-11-20 10:00:00; the last one, of 2026-11-21 10:00:00, was graded',
    ]);
  });

  it('Brightspace and Sakai: names, and two hand-ins of one name for nobody’s', async () => {
    folder.place('b/12345-67890 - Jane Doe - Nov 20, 2026 1159 PM/answers.md');
    folder.place('b/12346-67891 - Bob Roe- 20 November, 2026 1101 PM/answers.md');
    folder.place('b/index.html');
    expect(who(await list('b'))).toEqual([
      'Bob-Roe | Bob Roe | brightspace',
      'Jane-Doe | Jane Doe | brightspace',
    ]);
    folder.place('b/12345-67899 - Jane Doe - Nov 21, 2026 1159 PM/answers.md');
    const twice = await list('b');
    const listed = [{ student: 'jdoe', name: 'Jane Doe' }];
    expect((await problemOf(() => matchRoster(twice, listed))).code).toBe('student-twice');
    folder.place('s/Doe, Jane(jdoe)/Submission attachment(s)/answers.md');
    folder.place('s/Roe, Bob(1)/answers.md');
    expect(who(await list('s'))).toEqual(['Roe-Bob-1 |  | plain', 'jdoe | Doe, Jane | sakai']);
  });

  it('Gradescope: folders that a metadata file gives to students', async () => {
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
    folder.place('download/notes.txt');
    const { entries, passedOver } = await listSubmissions(
      [folder.at('download')],
      folder.at('out'),
    );
    expect(who(entries)).toEqual([
      '007 | Jane Doe | gradescope',
      '9 | Cy Wu | gradescope',
      'bo@example.org | Bo Li | gradescope',
    ]);
    expect(entries.map(({ group }) => group)).toEqual([null, 'submission_2', 'submission_2']);
    expect(entries[0]?.submittedAt).toBe('2026-11-20 23:59:07.123456789 -08:00');
    expect(entries[2]?.why).toContain('to Bo Li and 1 more, who get the same grade');
    expect(passedOver).toEqual([
      {
        path: folder.at('download/notes.txt'),
        why: 'submission_metadata.yml does not name it',
      },
    ]);
  });

  it('Gradescope: a metadata file that does not name every folder is set aside and said', async () => {
    const one = 'submission_1:\n  :submitters:\n  - :name: Jane Doe\n    :sid: jane\n';
    for (const name of ['amy', 'bob']) folder.place(`none/${name}/answers.md`);
    folder.place('none/submission_metadata.yml', one);
    for (const name of ['submission_1', 'cai', 'dee']) folder.place(`some/${name}/answers.md`);
    folder.place('some/submission_metadata.yml', one);
    const none = await listSubmissions([folder.at('none')], folder.at('out'));
    expect(who(none.entries)).toEqual(['amy |  | plain', 'bob |  | plain']);
    expect(none.passedOver).toEqual([
      {
        path: folder.at('none/submission_metadata.yml'),
        why: expect.stringMatching(/^it does not name amy and 1 more, so every folder/u) as string,
      },
    ]);
    const some = await listSubmissions([folder.at('some')], folder.at('out'));
    expect(who(some.entries)).toEqual([
      'cai |  | plain',
      'dee |  | plain',
      'submission_1 |  | plain',
    ]);
    expect(some.passedOver.map(({ path }) => path)).toEqual([
      folder.at('some/submission_metadata.yml'),
    ]);
  });

  it('Gradescope: its metadata file among one student’s files makes no class of them', async () => {
    const files = {
      'answers.md': 'a',
      'models/m/model.json': '{}',
      'submission_metadata.yml': 'submission_1: {}\n',
    };
    folder.place('amy.zip', await zipOf(files));
    for (const [path, content] of Object.entries(files)) folder.place(`bo/${path}`, content);
    expect(who(await list('amy.zip'))).toEqual(['amy |  | plain']);
    expect(who(await list('bo'))).toEqual(['bo |  | plain']);
  });

  it('Gradescope: a metadata file that expands without end is refused', async () => {
    const bomb = ['a: &a [x, x, x]', 'b: &b [*a, *a, *a, *a, *a]', 'c: [*b, *b, *b, *b, *b, *b]'];
    folder.place('download/submission_metadata.yml', bomb.join('\n'));
    folder.place('download/submission_1/answers.md');
    expect((await problemOf(() => list())).code).toBe('gradescope-metadata-unreadable');
  });

  it('GitHub Classroom: the assignment is the name of the folder around', async () => {
    folder.place('lab-3-submissions/lab-3-octo-cat/answers.md');
    folder.place('lab-3-submissions/lab-3-hubot/answers.md');
    expect(who(await list('lab-3-submissions'))).toEqual([
      'hubot |  | github-classroom',
      'octo-cat |  | github-classroom',
    ]);
  });

  it('leaves names alone that only look a little like one', async () => {
    for (const name of ['student-01', 'student-02', 'a_b_c', 'jane_doe_2', 'lab-3-x']) {
      folder.place(`download/${name}/answers.md`);
    }
    expect(new Set((await list()).map(({ rule }) => rule))).toEqual(new Set(['plain']));
    expect((await list()).map(({ student }) => student)).toContain('student-01');
  });
});

describe('whose is what', () => {
  it('takes dated folder names for names and not for Canvas’s', async () => {
    folder.place('download/jane_2026_11_lab1/answers.md');
    folder.place('download/john_2026_11_lab1/answers.md');
    folder.place('files/jane_2026_1123_lab.zip', 'x');
    folder.place('files/john_2026_1124_lab.zip', 'x');
    expect(who(await list())).toEqual([
      'jane_2026_11_lab1 |  | plain',
      'john_2026_11_lab1 |  | plain',
    ]);
    expect(who(await list('files'))).toEqual([
      'jane_2026_1123_lab |  | plain',
      'john_2026_1124_lab |  | plain',
    ]);
  });

  it('does not let a display name be another participant’s number', async () => {
    folder.place('download/Zoe_101_assignsubmission_file_/answers.md');
    folder.place('download/Eve_101_assignsubmission_file__102_assignsubmission_file_/answers.md');
    expect(who(await list())).toEqual([
      '101 | Zoe | moodle',
      '102 | Eve_101_assignsubmission_file_ | moodle',
    ]);
  });

  it.each(['mallory.md', 'models/x.json', 'histories.zip', 'notes.ipynb'])(
    'does not make one student of a class because of a stray %s',
    async (stray) => {
      folder.place('download/amy/answers.md');
      folder.place('download/bob/answers.md');
      folder.place(`download/${stray}`);
      const { entries, passedOver } = await listSubmissions(
        [folder.at('download')],
        folder.at('out'),
      );
      expect(who(entries)).toEqual(['amy |  | plain', 'bob |  | plain']);
      expect(passedOver).toHaveLength(1);
    },
  );

  it('asks whose loose notebooks are', async () => {
    folder.place('download/amy.ipynb');
    folder.place('download/bob.ipynb');
    expect((await problemOf(() => list())).code).toBe('one-or-many');
    folder.place('one/q1.ipynb');
    folder.place('one/q2.ipynb');
    expect(who(await list('one'))).toEqual(['one |  | plain']);
  });

  it.each([
    ['README.md'],
    ['lab1.docx', 'plots/loss.png'],
    ['my answers.pdf', 'net.pt', 'train.py'],
    ['lab.html'],
    ['report.pdf', 'experiment.ipynb'],
    ['summary.docx', 'summary.pdf'],
  ])('takes a folder for one student’s that holds %s', async (...files) => {
    for (const file of files) folder.place(`download/${file}`);
    expect(who(await list())).toEqual(['download |  | plain']);
  });

  it.each([
    [['amy.pdf', 'bob.docx']],
    [['doe_jane.docx', 'roe_max.docx', 'plots.html']],
    [['amy.ipynb', 'bob.pdf']],
  ])('asks whose loose %s are', async (files) => {
    for (const file of files) folder.place(`download/${file}`);
    expect((await problemOf(() => list())).code).toBe('one-or-many');
  });

  it.each([
    [['amy.ipynb', 'amy.keras', 'bob.ipynb', 'bob.keras']],
    [['doe_jane_lab1.ipynb', 'roe_max_lab1.ipynb', 'roe_max.h5']],
    [['amy.md', 'bob.md', 'plots/a.png']],
    [['amy.ipynb', 'bob.ipynb', 'amy plots/a.png', 'data/x.csv']],
    [['Jane Doe - Lab report.docx', 'Max Roe - Lab report.docx']],
    [['answers jane.md', 'answers max.md']],
    [['Lab1/amy/answers.md', 'Lab1/bob/answers.md']],
    [['download/Lab1/amy/lab.ipynb', 'download/Lab1/bob/lab.ipynb', 'download/Lab1/cai/plot.png']],
    [['Section A/amy/a.md', 'Section A/bob/a.md', 'Section B/cai/a.md', 'Section B/dan/a.md']],
    [['A/Amy_1_assignsubmission_file_/a.md', 'B/Bob_2_assignsubmission_file_/a.md']],
  ])('makes no one student of %s, and asks', async (files) => {
    for (const file of files) folder.place(`download/${file}`);
    expect((await problemOf(() => list())).code).toBe('one-or-many');
  });

  it.each([
    [['mnist_mlp.ipynb', 'mnist_cnn.ipynb', 'mnist_cnn.h5']],
    [['lab report.docx', 'experiment notes.docx', 'net.pt']],
  ])('leaves %s with one student', async (files) => {
    for (const file of files) folder.place(`download/${file}`);
    expect(who(await list())).toEqual(['download |  | plain']);
  });

  it('takes archives that are not opened for hand-ins, and folders of programs for none', async () => {
    for (const file of ['amy.tar.gz', 'bob.7z', 'cai/answers.md'])
      folder.place(`download/${file}`, 'x');
    for (const dust of ['$RECYCLE.BIN/x', '.Trashes/x', '.cache/x', 'lost+found/x', 'thumbs.db']) {
      folder.place(`download/${dust}`, 'x');
    }
    const entries = await list();
    expect(who(entries)).toEqual(['amy |  | plain', 'bob |  | plain', 'cai |  | plain']);
    expect(await filesOf(entries[0])).toEqual(['amy.tar.gz']);
  });

  it.each([
    [['amy/lab.pdf', 'bob/lab.docx', 'sheet.md']],
    [['amy/README.md', 'bob/lab.html', 'models/old.h5']],
    [['amy/work/lab.pdf', 'bob/answers.md', 'exam.pdf']],
  ])('makes no one student of %s', async (files) => {
    for (const file of files) folder.place(`download/${file}`);
    expect(who(await list())).toEqual(['amy |  | plain', 'bob |  | plain']);
  });

  it('leaves reports and results in folders with their student', async () => {
    for (const file of ['answers.md', 'report/report.pdf', 'results/run.html'])
      folder.place(`download/${file}`);
    expect(who(await list())).toEqual(['download |  | plain']);
  });

  it('keeps an id as it was typed beside the one that is safe as a folder’s name', async () => {
    for (const name of ["d'arc", 'anna+lab@uni.edu', 'a\u202Eb', 'plain-1']) {
      folder.place(`download/${name}/answers.md`, '# Question 1\n\nx\n');
    }
    const entries = await list();
    expect(entries.map(({ student, id }) => [student, id])).toEqual([
      ['a-b', 'ab'],
      ['anna-lab@uni.edu', 'anna+lab@uni.edu'],
      ['d-arc', "d'arc"],
      ['plain-1', undefined],
    ]);
    folder.place('roster.csv', 'student,name\nD-ARC,Joan Doe\n');
    const [joan] = matchRoster(entries.slice(2, 3), readRoster(folder.at('roster.csv')));
    expect([joan?.student, joan?.id]).toEqual(['D-ARC', undefined]);
  });

  it('gives each of several names that are one after folding or cleaning its own id', async () => {
    for (const name of ['Amy', 'amy', 'a b', 'a-b', '🙂', '🙃', 'grades.csv.part', 'con']) {
      folder.place(`download/${name}/answers.md`);
    }
    const ids = (await list()).map(({ student }) => student);
    expect(new Set(ids.map((id) => id.toLowerCase())).size).toBe(8);
    expect(ids.every((id) => /^[\p{L}\p{N}._@-]+$/u.test(id))).toBe(true);
    expect(ids).toContain('student-grades.csv.part');
    expect(ids).toContain('student-con');
  });

  it('bounds the bytes of an id and never cuts a character', async () => {
    for (const name of [`${'a'.repeat(159)}\u{20000}x`, '学'.repeat(83), 'é'.repeat(120)]) {
      const id = studentId(name);
      expect(Buffer.byteLength(id)).toBeLessThanOrEqual(160);
      expect(Buffer.from(id).toString()).toBe(id);
      expect(studentId(`${name}y`)).not.toBe(id);
      expect(studentId(id)).toBe(id);
    }
    expect(studentId('x\uD800y')).toBe('x-y');
  });

  it('keeps a name of another encoding with its own hand-in', async () => {
    folder.place('download/amy/answers.md');
    mkdirSync(Buffer.concat([Buffer.from(`${folder.at('download')}/Jos`), Buffer.from([0xe9])]));
    const entries = await list();
    const inside = await openHandIn([{ path: folder.at('download'), file: '' }], DEFAULT_LIMITS);
    expect(inside.leftOut.map(({ why }) => why)).toEqual([
      'its name is in no encoding that can be read; rename it',
    ]);
    expect(who(entries)).toEqual(['Jos |  | plain', 'amy |  | plain']);
    await expect(openHandIn(entries[0]?.parts ?? [], DEFAULT_LIMITS)).rejects.toMatchObject({
      code: 'submission-unreadable',
      owner: 'student',
    });
  });
});

describe('matchRoster', () => {
  it('takes a participant’s number for nobody’s number on the list', async () => {
    folder.place('download/Amy Doe_101_assignsubmission_file_/answers.md');
    folder.place('download/Bob Roe_102_assignsubmission_file_/answers.md');
    folder.place('download/Zed_103_assignsubmission_file_/answers.md');
    const matched = matchRoster(await list(), [
      { student: '101', name: 'Cai Lin' },
      { student: '102', name: 'Amy Doe' },
      { student: '103', name: 'Bob Roe' },
    ]);
    expect(who(matched)).toEqual([
      '102 | Amy Doe | moodle',
      '103 | Bob Roe | moodle',
      'participant-103 | Zed | moodle',
    ]);
  });

  it('knows a student whose group Moodle puts before the name', async () => {
    folder.place('download/Group A-Jane Doe_1_assignsubmission_file_/answers.md');
    folder.place('download/Max-Bo Li_2_assignsubmission_file_/answers.md');
    const matched = matchRoster(await list(), [
      { student: 'jd', name: 'Jane Doe' },
      { student: 'bl', name: 'Bo Li' },
      { student: 'mbl', name: 'Li, Max-Bo' },
    ]);
    expect(who(matched)).toEqual(['jd | Jane Doe | moodle', 'mbl | Li, Max-Bo | moodle']);
  });

  it('reads Moodle’s grading worksheet and Canvas’s gradebook as they are', async () => {
    folder.place('m/Amy Doe_101_assignsubmission_file_/answers.md');
    const worksheet = folder.place(
      'worksheet.csv',
      'Identifier,Full name,Email address,Status,Grade\nParticipant 101,Doe Amy,amy@x.org,Submitted,\n',
    );
    expect(who(matchRoster(await list('m'), readRoster(worksheet)))).toEqual([
      'amy@x.org | Doe Amy | moodle',
    ]);
    folder.place('c/doeamy_101_9001_answers.md');
    folder.place('c/roebob_102_9002_answers.md');
    const gradebook = folder.place(
      'gradebook.csv',
      'Student,ID,SIS User ID,SIS Login ID,Section,Lab (7)\n    Points Possible,,,,,70\n"Doe, Amy",101,u1,amy,S,\n"Roe, Bob",102,u2,bob,S,\n"Student, Test",999,,,S,\n',
    );
    expect(who(matchRoster(await list('c'), readRoster(gradebook)))).toEqual([
      'amy | Doe, Amy | canvas',
      'bob | Roe, Bob | canvas',
    ]);
  });

  it('stops where number and name are two students', async () => {
    folder.place('c/doeamy_101_9001_answers.md');
    const roster = folder.place(
      'gradebook.csv',
      'Student,ID,SIS User ID,SIS Login ID\n"Lin, Cai",101,u3,cai\n"Doe, Amy",102,u1,amy\n',
    );
    const problem = await problemOf(async () => matchRoster(await list('c'), readRoster(roster)));
    expect(problem.code).toBe('identity-disagrees');
    expect(problem.message).toMatch(/Lin, Cai.*amy/u);
  });

  it('knows Gradescope’s students by their address where the list has it', async () => {
    folder.place(
      'g/submission_metadata.yml',
      'submission_1:\n  :submitters:\n  - :name: Cai Lin\n    :sid:\n    :email: cai@x.org\n',
    );
    folder.place('g/submission_1/answers.md');
    const roster = folder.place('r.csv', 'sid,name,email\ncai,Cai Lin,cai@x.org\n');
    expect(who(matchRoster(await list('g'), readRoster(roster)))).toEqual([
      'cai | Cai Lin | gradescope',
    ]);
  });

  it('gives ids of the roster by the names of a platform, where they are unambiguous', async () => {
    folder.place('download/Jane Doe_1_assignsubmission_file_/answers.md');
    folder.place('download/Bo Li_2_assignsubmission_file_/answers.md');
    folder.place('download/Al Ko_3_assignsubmission_file_/answers.md');
    folder.place('download/Zed_4_assignsubmission_file_/answers.md');
    const matched = matchRoster(await list(), [
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

  it('understands squashed names of Canvas', async () => {
    folder.place('download/vandoejane_101_9001_answers.md');
    expect(who(matchRoster(await list(), [{ student: 'jd', name: 'Jane van Doe' }]))).toEqual([
      'jd | Jane van Doe | canvas',
    ]);
  });
});
