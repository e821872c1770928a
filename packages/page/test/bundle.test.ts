// Runs alone: it bundles the page.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkKinds } from '@labproof/grader';
import { type Lab, rubricOf, studentEdition } from '@labproof/lab';
import { Labs } from '@labproof/exercises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildSite } from '../scripts/bundle/site.ts';
import { selfCheckSite } from '../src/index.ts';
import { AssetsSchema } from '../src/site.ts';

let built: string;
beforeAll(async () => {
  built = mkdtempSync(join(tmpdir(), 'labproof-site-'));
  await buildSite(built);
});
afterAll(() => rmSync(built, { recursive: true, force: true }));

/** Every text of a lab that students must not have: rubrics, what is published, measured numbers. */
function secretsOf(lab: Lab): string[] {
  const rubrics = lab.questions.flatMap(({ checks }) =>
    checks.flatMap((check) => rubricOf(check) ?? []),
  );
  const rubricTexts = rubrics.flatMap(({ concept, lookFor }) => [concept, lookFor]);
  const bands = lab.exercises.flatMap(({ bands: measured }) =>
    measured === null
      ? []
      : [
          ...(measured.prefix === undefined ? [] : [measured.prefix.digest]),
          ...measured.trials.map(({ digest }) => digest),
          String(measured.test.accuracyUpper?.value),
        ],
  );
  const published = lab.exercises.flatMap(({ published: said }) => said?.source ?? []);
  return [...rubricTexts, ...bands, ...published].filter((text) => text.length > 7);
}

describe('a page for every lab', () => {
  const labs = new Labs(checkKinds).list();

  it('names no module of Node and reaches for none', () => {
    const assets = AssetsSchema.parse(JSON.parse(readFileSync(join(built, 'assets.json'), 'utf8')));
    const scripts = readdirSync(built).filter((name) => name.endsWith('.js'));
    expect(scripts.length).toBeGreaterThan(assets.scripts.length);
    for (const name of scripts) {
      const text = readFileSync(join(built, name), 'utf8');
      expect(text.match(/(?:import|from)\s*\(?["']node:[^"']*/gu) ?? [], name).toEqual([]);
    }
  });

  it.each(labs.map((lab) => [lab.id, lab] as const))(
    '%s holds no rubric, no band and no digest of a trial',
    (_, lab) => {
      const secrets = secretsOf(lab);
      expect(secrets.length).toBeGreaterThan(5);
      const edition = studentEdition(lab, checkKinds);
      const files = selfCheckSite({ lab: edition, datasets: [], version: '0.1.0', built });
      const texts = files.map(({ path, content }) => ({
        path,
        text: typeof content === 'string' ? content : Buffer.from(content).toString('latin1'),
      }));
      const open = JSON.stringify(edition);
      const shared = new Set(readdirSync(built));
      for (const secret of secrets) {
        // What a question asks for by the same words is no secret.
        if (open.includes(JSON.stringify(secret).slice(1, -1))) continue;
        const quoted = JSON.stringify(secret).slice(1, -1);
        // A word or two may stand in a script that is the same for every lab.
        const isSentence = secret.split(' ').length > 2 || /^[\da-f]{64}$/u.test(secret);
        const searched = texts.filter(({ path }) => isSentence || !shared.has(path));
        const holders = searched.filter(({ text }) => text.includes(quoted));
        expect({ secret, in: holders.map(({ path }) => path) }).toEqual({ secret, in: [] });
      }
    },
  );

  it('takes no whole lab', () => {
    const [lab] = labs;
    if (lab === undefined) throw new Error('there are no labs');
    expect(() => selfCheckSite({ lab, datasets: [], version: '0.1.0', built })).toThrow(RangeError);
  });
});
