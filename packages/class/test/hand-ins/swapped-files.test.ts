import { renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { DEFAULT_LIMITS } from '@labproof/submission';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openHandIn } from '../../src/hand-ins/open-hand-in.ts';
import { processExecutor } from '../../src/processes/process-pool.ts';
import { gradeBatch } from '../../src/results/grade-batch.ts';
import { ClassFolder, problemOf } from '../support/class-folder.ts';

/** As long as the honest answer, so that its size tells nothing. */
const HONEST = '## Question 1\n\nSorting letters, for a post office.\n';
const SECRET = '## Question 1\n\nWhat stands outside of everything..\n';

let folder: ClassFolder;
beforeEach(() => {
  folder = new ClassFolder();
  folder.placeSubmission('class/eve', HONEST, false);
  folder.place('secret.md', SECRET);
});
afterEach(() => folder.remove());

/** Puts a link to what is outside into the place of a file, in one step, as somebody does who waits for the moment. */
function swap(path: string, target: string): void {
  symlinkSync(target, folder.at('link'));
  renameSync(folder.at('link'), folder.at(path));
}

describe('a file that becomes another while its folder is graded', () => {
  const files = () =>
    openHandIn([{ path: folder.at('class/eve'), file: 'eve' }], DEFAULT_LIMITS).then(
      ({ files: [file] }) => file,
    );

  it('is not read where it became a link', async () => {
    const file = await files();
    swap('class/eve/answers.md', folder.at('secret.md'));
    expect((await problemOf(() => file?.read())).code).toBe('file-unreadable');
  });

  it('is not read where its folder became a link', async () => {
    folder.place('class/eve/notes/answers.md', HONEST);
    rmSync(folder.at('class/eve/answers.md'));
    const file = await files();
    expect(file?.path).toBe('answers.md');
    folder.place('outside/answers.md', SECRET);
    renameSync(folder.at('class/eve/notes'), folder.at('was'));
    swap('class/eve/notes', folder.at('outside'));
    expect((await problemOf(() => file?.read())).code).toBe('file-changed');
    // Also where the folder was a link while it was listed, and the file is the one that was seen.
    const other = await files();
    expect(other).toBeUndefined();
  });

  it('is not read where it became longer or another kind of thing', async () => {
    const file = await files();
    writeFileSync(folder.at('class/eve/answers.md'), `${SECRET}more\n`);
    expect((await problemOf(() => file?.read())).code).toBe('file-changed');
  });

  it('brings nothing of what is outside into a grade, however often it changes', async () => {
    let isLink = false;
    const timer = setInterval(() => {
      isLink = !isLink;
      if (isLink) swap('class/eve/answers.md', folder.at('secret.md'));
      else {
        folder.place('honest', HONEST);
        renameSync(folder.at('honest'), folder.at('class/eve/answers.md'));
      }
    }, 1);
    try {
      for (let round = 0; round < 5; round += 1) {
        const result = await gradeBatch(
          folder.options({ executor: processExecutor, fresh: true, jobs: 1 }),
        );
        expect(JSON.stringify([...result.grades])).not.toContain('outside of everything');
      }
    } finally {
      clearInterval(timer);
    }
  });
});
