import { closestName } from '../closest.ts';
import { coreError } from '../errors/core-errors.ts';
import type { LabproofError } from '../errors/labproof-error.ts';
import { cifar10 } from './cifar10.ts';
import { type DatasetDefinition, datasetDigest } from './definition.ts';
import { mnist } from './mnist.ts';

/** The datasets that somebody knows: those that Labproof can fetch, and with `with` those that labs declare. */
export class DatasetCatalogue {
  /** In the order in which they are shown. */
  readonly definitions: readonly DatasetDefinition[];

  private constructor(definitions: readonly DatasetDefinition[]) {
    this.definitions = definitions;
  }

  static readonly builtIn: DatasetCatalogue = new DatasetCatalogue([mnist, cifar10]);

  /**
   * This catalogue and what is declared. Declaring the same data again changes nothing; other data, or other names of the
   * classes, under an id that is taken are the instructor's `dataset-id-taken`.
   */
  with(declared: readonly DatasetDefinition[]): DatasetCatalogue {
    const definitions = [...this.definitions];
    for (const definition of declared) {
      const known = definitions.find(({ id }) => id === definition.id);
      if (known === undefined) definitions.push(definition);
      else if (datasetDigest(known.arrays) !== datasetDigest(definition.arrays)) throw taken(known);
      else requireSameClasses(known, definition);
    }
    return new DatasetCatalogue(definitions);
  }

  /** The definition of a dataset; `dataset-unknown` when there is none of that name. */
  find(id: string): DatasetDefinition {
    const definition = this.definitions.find((definition) => definition.id === id);
    if (definition !== undefined) return definition;
    throw unknown(
      id,
      this.definitions.map((definition) => definition.id),
    );
  }
}

function taken({ id, title }: DatasetDefinition): LabproofError {
  return coreError('dataset-id-taken', {
    message: `There is another dataset "${id}" already: ${title}.`,
    fix: 'Give the dataset of your lab another id.',
  });
}

/** The same images under other names: whichever declaration came first would name the classes of both. */
function requireSameClasses(known: DatasetDefinition, declared: DatasetDefinition): void {
  const label = known.classes.findIndex((name, index) => name !== declared.classes[index]);
  if (label < 0) return;
  throw coreError('dataset-id-taken', {
    message: `The dataset "${known.id}" is declared twice with other class names: label ${label} is "${known.classes[label] ?? ''}" here and "${declared.classes[label] ?? 'nothing'}" there.`,
    fix: 'Give both declarations the same names in the same order, or one of them another id.',
  });
}

function unknown(id: string, known: readonly string[]): LabproofError {
  const meant = closestName(id, known);
  return coreError('dataset-unknown', {
    message: `There is no dataset "${id}".`,
    fix:
      meant === null
        ? `Name one of these: ${known.join(', ')}.`
        : `Did you mean "${meant}"? There are: ${known.join(', ')}.`,
  });
}
