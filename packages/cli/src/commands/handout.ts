import { join } from 'node:path';
import { type OutputFile, writeFilesTogether } from '@labproof/class';
import { PdfPrinter, renderHandout } from '@labproof/report';
import type { CommandDefinition } from '../program/command.ts';
import type { Context } from '../program/context.ts';
import { Progress } from '../progress/progress.ts';
import { type FrameworkChoice, frameworkOption, frameworksMeant } from '../options/frameworks.ts';
import { handoutSamples } from '../data/handout-samples.ts';
import { cliError } from '../errors.ts';

interface HandoutOptions {
  readonly out: string;
  readonly pdf?: true;
  readonly framework?: FrameworkChoice;
  readonly page?: string;
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
    .addOption(frameworkOption('show every prescribed network, and how to save it, in code'))
    .option('--pdf', 'print it to handout.pdf as well')
    .option(
      '--page <url>',
      'where students find the self-check page (labproof pack --page), if lab.yaml does not say so',
    )
    .option('--date <text>', 'a date to print in it, as it shall read')
    .option('--json', 'print JSON')
    .action(async (id: string, options: HandoutOptions) => {
      const lab = context.labs.find(id);
      const selfCheckPage = options.page === undefined ? undefined : webAddress(options.page);
      const html = renderHandout({
        lab,
        samples: await handoutSamples(context, lab),
        frameworks: frameworksMeant(options.framework, lab),
        ...(selfCheckPage === undefined ? {} : { selfCheckPage }),
        ...(options.date === undefined ? {} : { date: options.date }),
      });
      // The page is written first, so that it is there where no browser can print it.
      const files: OutputFile[] = [{ path: 'handout.html', content: html }];
      writeFilesTogether(options.out, files);
      if (options.pdf === true) {
        const pdf: OutputFile = {
          path: 'handout.pdf',
          content: await print(context, html, lab.title),
        };
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

/** An address that a browser opens. Throws `handout-page-address` for anything else. */
function webAddress(text: string): string {
  if (/^https?:\/\//iu.test(text) && URL.canParse(text)) return new URL(text).href;
  throw cliError('handout-page-address', {
    message: `"${text}" is no address of a page.`,
    fix: 'Give the whole address that students open, with https:// in front.',
  });
}

async function print(context: Context, html: string, title: string): Promise<Uint8Array> {
  const progress = new Progress(context, 'handout.pdf');
  const printer = new PdfPrinter({ signal: context.signal });
  try {
    const pdf = await printer.print(html, { title });
    progress.done('printed');
    return pdf;
  } catch (error) {
    progress.stop();
    throw error;
  } finally {
    await printer.close();
  }
}
