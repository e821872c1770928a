import { closestName } from '../closest.ts';
import { LabproofError } from '../errors.ts';
import { cifar10 } from './cifar10.ts';
import type { DatasetDefinition } from './definition.ts';
import { mnist } from './mnist.ts';

const DEFINITIONS: readonly DatasetDefinition[] = [mnist, cifar10];

/** All datasets that Labproof can fetch, in the order in which they are shown. */
export function listDatasets(): readonly DatasetDefinition[] {
  return DEFINITIONS;
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
