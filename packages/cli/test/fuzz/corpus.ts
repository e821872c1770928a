import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ANSWERS, HONEST } from '../../../../fixtures/hostile/honest.ts';
import { honestZip } from '../../../../fixtures/hostile/raw-zip.ts';
import { onePagePdf, PDF_TEXT } from '../../../../fixtures/hostile/raw-pdf.ts';

/** A submission, and the file of it that is changed. */
export interface Seed {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly changed: string;
}

const ROOT = fileURLToPath(new URL('../../../../fixtures', import.meta.url));
const LARGEST = 2 ** 18;

const bytesOf = (content: string | Uint8Array): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content;

const HONEST_FILES: ReadonlyMap<string, Uint8Array> = new Map(
  HONEST.map(([path, content]) => [path, bytesOf(content)] as const),
);

/** The honest submission with this file in it, in the place of the answers where it is answers. */
function among(path: string, content: string | Uint8Array, inPlaceOf?: string): Seed {
  const files = new Map(HONEST_FILES);
  if (inPlaceOf !== undefined) {
    for (const known of HONEST_FILES.keys()) if (known.startsWith(inPlaceOf)) files.delete(known);
  }
  return { files: files.set(path, bytesOf(content)), changed: path };
}

function answersFixtures(): Seed[] {
  const folder = join(ROOT, 'answers');
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ name }) =>
      readdirSync(join(folder, name, 'submission'))
        .toSorted()
        .map((file) =>
          among(file, readFileSync(join(folder, name, 'submission', file)), 'answers'),
        ),
    );
}

function kerasFixtures(): Seed[] {
  const folder = join(ROOT, 'keras-files');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(?:h5|keras)$/u.test(path))
    .toSorted()
    .map((path) =>
      among(
        `models/squares-linear${path.slice(path.lastIndexOf('.'))}`,
        readFileSync(join(folder, path)),
        'models/',
      ),
    );
}

const HISTORY = 'epoch,loss,accuracy,val_loss,val_accuracy\n1,0.9,0.5,0.8,0.6\n2,0.4,0.8,0.5,0.7\n';

/** What is changed: every kind of file that is read. */
export function corpus(): readonly Seed[] {
  return [
    ...answersFixtures(),
    ...kerasFixtures(),
    among('answers.md', ANSWERS),
    among('answers.pdf', onePagePdf(PDF_TEXT), 'answers'),
    ...[...HONEST_FILES].map(([path]) => ({ files: HONEST_FILES, changed: path })),
    among('histories/squares-linear.csv', HISTORY),
    among(
      'histories/squares-linear.json',
      '{"loss":[0.9,0.4],"accuracy":[0.5,0.8],"val_loss":[0.8,0.5]}',
    ),
    among(
      'submission.json',
      '{"student":"x","name":"X","models":{"squares-linear":"models/squares-linear/model.json"},"scale":{"squares-linear":"raw"}}',
    ),
    among('part.zip', honestZip(HONEST)),
    ...['png', 'jpg'].flatMap((ending) => pictures(ending)),
  ].filter(({ files, changed }) => (files.get(changed)?.length ?? 0) <= LARGEST);
}

/** The first pictures of the fixtures with this ending, shown under the question that asks for a plot. */
function pictures(ending: string): Seed[] {
  return readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(`.${ending}`))
    .toSorted()
    .slice(0, 2)
    .map((path) => {
      const seed = among(`plots/q3.${ending}`, readFileSync(join(ROOT, path)));
      const answers = bytesOf(`${ANSWERS}\n## Question 3\n\n![plot](plots/q3.${ending})\n`);
      return { ...seed, files: new Map(seed.files).set('answers.md', answers) };
    });
}
