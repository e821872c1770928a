import { ARITHMETIC_VERSION, type DatasetCatalogue, describeDatasets } from '@labproof/core';
import { describeTfjs } from '@labproof/core/tensorflow';
import { browserFinding } from '../doctor/browser.ts';
import { cacheFinding } from '../doctor/cache.ts';
import { cudaFinding } from '../doctor/cuda.ts';
import { cudaEngineFinding, engineFindings } from '../doctor/engines.ts';
import type { Finding } from '../doctor/finding.ts';
import { nodeFinding } from '../doctor/node.ts';
import { FINDINGS } from '../program/exit-codes.ts';
import type { CommandDefinition } from '../program/command.ts';
import type { Context } from '../program/context.ts';
import { orInterrupted } from '../program/interruption.ts';
import { Progress } from '../progress/progress.ts';
import { packageVersion } from '../program/version.ts';

/** `labproof doctor`: what is there, what is missing, and what mends it. */
export const doctorCommand: CommandDefinition = (program, context, state) => {
  program
    .command('doctor')
    .description(
      'say what this machine has: engines, data, browser, cache, and how to add what is missing',
    )
    .option('--json', 'print JSON')
    .action(async (options: { json?: true }) => {
      const progress = new Progress(context, 'doctor');
      const examined = examine(context);
      const findings = await orInterrupted(context.signal, examined).finally(() => progress.stop());
      if (findings.some(({ ok, required }) => required && !ok)) state.exitCode = FINDINGS;
      if (options.json === true) {
        const versions = { labproof: packageVersion(), arithmetic: ARITHMETIC_VERSION };
        context.out(`${JSON.stringify({ ...versions, findings }, null, 2)}\n`);
        return;
      }
      context.out(`labproof ${packageVersion()}, ${ARITHMETIC_VERSION}\n`);
      for (const { subject, ok, required, message, fix } of findings) {
        const mark = ok ? 'ok     ' : required ? 'MISSING' : 'absent ';
        context.out(`${mark} ${subject}: ${message}\n`);
        if (fix !== null) context.out(`          ${fix}\n`);
      }
    });
};

async function examine({ trialCacheDirectory, labs }: Context): Promise<Finding[]> {
  return [
    nodeFinding(process.version, `${process.platform}-${process.arch}`),
    ...(await engineFindings(process.env['LABPROOF_KERNEL_LEVEL'])),
    await cudaEngineFinding(),
    ...tfjsFindings(),
    cudaFinding(),
    ...(await datasetFindings(labs.datasets)),
    await browserFinding(),
    await cacheFinding(trialCacheDirectory),
  ];
}

/** TensorFlow.js is an extra: the way to a GPU, and a second opinion on our own arithmetic. */
function tfjsFindings(): Finding[] {
  return describeTfjs().map(({ backend, available, message, fix }) => ({
    subject: `engine tfjs:${backend}`,
    ok: available,
    required: false,
    message,
    fix,
  }));
}

async function datasetFindings(catalogue: DatasetCatalogue): Promise<Finding[]> {
  return (await describeDatasets({ catalogue })).map(
    ({ id, state, directory, downloadBytes: size }) => ({
      subject: `dataset ${id}`,
      ok: state === 'ready',
      required: false,
      message:
        state === 'ready'
          ? `intact in ${directory}`
          : state === 'absent'
            ? size === null
              ? 'not added yet'
              : `not downloaded yet (${(size / 1e6).toFixed(1)} MB, fetched when first needed)`
            : `damaged in ${directory}`,
      fix:
        state === 'ready'
          ? null
          : `labproof datasets ${size === null ? `add ${id} PATH` : `pull ${id}`}`,
    }),
  );
}
