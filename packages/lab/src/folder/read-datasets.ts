import {
  clauseOf,
  type DatasetCatalogue,
  type IdxDataset,
  IdxDatasetSchema,
  idxDataset,
  LabproofError,
} from '@labproof/core';
import type { LabSource } from './lab-source.ts';
import type { LocatedYaml } from './located-yaml.ts';
import { valueAt } from './known-fields.ts';

/** The datasets that a lab may name. */
export interface ReadDatasets {
  /** Those that there are besides, and those of the lab that could be read. */
  readonly catalogue: DatasetCatalogue;
  readonly declared: readonly IdxDataset[];
  /** Ids of those that the lab declares and that could not be read: nothing can be said of what they fit. */
  readonly unread: ReadonlySet<unknown>;
}

/** Reads the datasets that a lab declares; one under a name that is taken is a problem. */
export function readDatasets(
  source: LabSource,
  yaml: LocatedYaml,
  known: DatasetCatalogue,
): ReadDatasets {
  const entries = valueAt(yaml.value, ['datasets']);
  const declared: IdxDataset[] = [];
  const unread = new Set<unknown>();
  let catalogue = known;
  for (const [index, entry] of (Array.isArray(entries) ? entries : []).entries()) {
    const parsed = IdxDatasetSchema.safeParse(entry);
    try {
      if (!parsed.success) unread.add(valueAt(entry, ['id']));
      else {
        catalogue = catalogue.with([idxDataset(parsed.data)]);
        declared.push(parsed.data);
        noteBackwards(source, yaml, parsed.data.classes, index);
      }
    } catch (error) {
      if (!(error instanceof LabproofError)) throw error;
      const place = yaml.placeOf(['datasets', index, 'id']);
      source.report(place, clauseOf(error), error.fix);
    }
  }
  return { catalogue, declared, unread };
}

/** Digits as names that count down: the images of 0 would be called 9, and nothing else would ever say so. */
function noteBackwards(
  source: LabSource,
  yaml: LocatedYaml,
  classes: readonly string[],
  index: number,
): void {
  const numbers = classes.map((name) => (/^\d+$/u.test(name) ? Number(name) : Number.NaN));
  const backwards = numbers.every(
    (value, label) => !Number.isNaN(value) && (label === 0 || value < (numbers[label - 1] ?? 0)),
  );
  if (!backwards) return;
  source.notes.push({
    ...yaml.placeOf(['datasets', index, 'classes']),
    message: `the class names count downwards: label 0 is called "${classes[0] ?? ''}"`,
    instead: 'The names stand in the order of the labels, from label 0 on.',
  });
}
