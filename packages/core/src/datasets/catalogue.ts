import { closestName } from '../closest.ts';
import { LabproofError } from '../errors.ts';
import { cifar10 } from './cifar10.ts';
import { type DatasetDefinition, datasetDigest } from './definition.ts';
import { mnist } from './mnist.ts';

const DEFINITIONS: DatasetDefinition[] = [mnist, cifar10];

/** All known datasets, in the order in which they are shown: those that Labproof can fetch, then those declared. */
export function listDatasets(): readonly DatasetDefinition[] {
  return DEFINITIONS;
}

/** Makes a declared dataset known. Declaring the same data again changes nothing; other data under its id is an error. */
export function declareDataset(definition: DatasetDefinition): void {
  const known = DEFINITIONS.find(({ id }) => id === definition.id);
  if (known === undefined) {
    DEFINITIONS.push(definition);
    return;
  }
  if (datasetDigest(known.arrays) === datasetDigest(definition.arrays)) return;
  throw new LabproofError({
    code: 'dataset-id-taken',
    owner: 'instructor',
    message: `There is another dataset "${definition.id}" already: ${known.title}.`,
    fix: 'Give the dataset in lab.json another id.',
  });
}

/** The definition of a dataset; `dataset-unknown` when there is none of that name. */
export function findDataset(id: string): DatasetDefinition {
  const definition = DEFINITIONS.find((definition) => definition.id === id);
  if (definition !== undefined) return definition;
  const known = DEFINITIONS.map((definition) => definition.id);
  const meant = closestName(id, known);
  throw new LabproofError({
    code: 'dataset-unknown',
    owner: 'instructor',
    message: `There is no dataset "${id}".`,
    fix:
      meant === null
        ? `Name one of these: ${known.join(', ')}.`
        : `Did you mean "${meant}"? There are: ${known.join(', ')}.`,
  });
}
