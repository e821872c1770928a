import { DatasetCatalogue } from './catalogue.ts';

/** Which datasets there are, and where they are kept. */
export interface DatasetOptions {
  /** The datasets that may be named; those that Labproof can fetch, unless told. */
  readonly catalogue?: DatasetCatalogue;
  /** The folder that holds a folder for each dataset; default: `LABPROOF_DATA`, else the user's cache. */
  readonly cacheDirectory?: string;
}

export function catalogueOf({
  catalogue = DatasetCatalogue.builtIn,
}: DatasetOptions): DatasetCatalogue {
  return catalogue;
}
