import { join } from 'node:path';
import { type Dataset, LabproofError } from '@labproof/core';
import type { Lab } from '@labproof/lab';
import { findLab } from '@labproof/exercises';
import { type OutputFile, writeFilesTogether } from '@labproof/grader';
import { type DatasetSamples, PdfPrinter, renderHandout } from '@labproof/report';
import type { Context } from '../program/context.ts';
import type { CommandDefinition } from '../program/command.ts';
import { loadDatasetWithProgress } from '../training/trials.ts';

interface HandoutOptions {
  readonly out: string;
  readonly pdf?: true;
  readonly date?: string;
  readonly json?: true;
}

/** `labproof handout LAB`: the lab as a page for students, and as a PDF. */
export const handoutCommand: CommandDefinition = (program, context) => {
  program
    .command('handout')
    .description('write the handout of a lab: introduction, networks, questions, how to hand in')
    .argument('<lab>')
    .requiredOption('--out <dir>', 'where handout.html is written')
    .option('--pdf', 'print it to handout.pdf as well')
    .option('--date <text>', 'a date to print in it, as it shall read')
    .option('--json', 'print JSON')
    .action(async (id: string, options: HandoutOptions) => {
      const lab = findLab(id);
      const html = renderHandout({
        lab,
        samples: await samplesOf(context, lab),
        ...(options.date === undefined ? {} : { date: options.date }),
      });
      // The page is written first, so that it is there where no browser can print it.
      const files: OutputFile[] = [{ path: 'handout.html', content: html }];
      writeFilesTogether(options.out, files);
      if (options.pdf === true) {
        const pdf: OutputFile = { path: 'handout.pdf', content: await print(html, lab.title) };
        writeFilesTogether(options.out, [pdf]);
        files.push(pdf);
      }
      const written = files.map(({ path }) => join(options.out, path));
      context.out(
        options.json === true
          ? `${JSON.stringify({ lab: lab.id, files: written }, null, 2)}\n`
          : written.map((path) => `${path}\n`).join(''),
      );
    });
};

async function print(html: string, title: string): Promise<Uint8Array> {
  const printer = new PdfPrinter();
  try {
    return await printer.print(html, { title });
  } finally {
    await printer.close();
  }
}

/** Images of every dataset of a lab. Data that cannot be had leave out a picture, not the handout. */
async function samplesOf(context: Context, lab: Lab): Promise<Record<string, DatasetSamples>> {
  const ids = [...new Set(lab.exercises.map(({ recipe }) => recipe.dataset))];
  const samples: Record<string, DatasetSamples> = {};
  for (const id of ids) {
    try {
      samples[id] = firstOfEachClass(await loadDatasetWithProgress(context, id), ids.length);
    } catch (error) {
      if (!(error instanceof LabproofError)) throw error;
      context.err(`note: the handout shows no images of ${id}: ${error.message} ${error.fix}\n`);
    }
  }
  return samples;
}

/** The first training images of each class: four of an only dataset, two where there are more. */
function firstOfEachClass(dataset: Dataset, datasets: number): DatasetSamples {
  const { title, classes, imageShape, train } = dataset;
  const each = datasets === 1 ? 4 : 2;
  const [height, width, channels] = imageShape;
  const size = height * width * channels;
  const counts = classes.map(() => 0);
  const images: DatasetSamples['images'][number][] = [];
  for (let index = 0; index < train.count && images.length < each * classes.length; index += 1) {
    const label = train.labels[index] ?? 0;
    const count = counts[label] ?? each;
    if (count >= each) continue;
    counts[label] = count + 1;
    const pixels = train.images.subarray(index * size, (index + 1) * size);
    images.push({ index, label, height, width, channels, pixels });
  }
  return { title, classes, images };
}
