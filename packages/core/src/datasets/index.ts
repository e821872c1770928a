export { addDataset } from './add.ts';
export { DatasetCatalogue, declareDataset, findDataset, listDatasets } from './catalogue.ts';
export type { DatasetOptions } from './options.ts';
export type { DatasetDefinition } from './definition.ts';
export type { DatasetProgress } from './download.ts';
export { type IdxDataset, IdxDatasetSchema, idxDataset } from './idx-dataset.ts';
export { type LoadDatasetOptions, loadDataset } from './load.ts';
export { datasetDirectory, userCacheDirectory } from './location.ts';
export {
  type DatasetFileStatus,
  type DatasetStatus,
  describeDatasets,
  verifyDataset,
} from './status.ts';
