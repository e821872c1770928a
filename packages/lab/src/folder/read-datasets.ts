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
      }
    } catch (error) {
      if (!(error instanceof LabproofError)) throw error;
      const place = yaml.placeOf(['datasets', index, 'id']);
      source.report(place, clauseOf(error), error.fix);
    }
  }
  return { catalogue, declared, unread };
}
