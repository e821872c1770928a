// A class folder in which code lies wherever a program might look for some. Whatever is run leaves a file in `marks`.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

const PACKAGES = [
  '@tensorflow/tfjs',
  '@tensorflow/tfjs-backend-wasm',
  '@tensorflow/tfjs-node',
  '@tensorflow/tfjs-node-gpu',
  '@labproof/core',
  '@labproof/exercises',
  '@sparticuz/chromium',
  'puppeteer',
  'puppeteer-core',
  'h5wasm',
  'tsx',
];
const CONFIGURATIONS = [
  '.puppeteerrc.cjs',
  'puppeteer.config.cjs',
  'labproof.config.js',
  'labproof.config.mjs',
  'kernels.node',
  'build/kernels.node',
  'index.js',
];
const BROWSERS = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'chrome',
];
const PROGRAMS = [...BROWSERS, 'npm', 'node', 'git', 'cc', 'sh'];

/** A network with a layer that only TensorFlow.js evaluates. */
const MODEL = {
  format: 'layers-model',
  modelTopology: {
    keras_version: '2.2.4',
    model_config: {
      class_name: 'Sequential',
      config: {
        name: 'mnist_mlp_linear',
        layers: [
          {
            class_name: 'Reshape',
            config: { name: 'rows', target_shape: [28, 28], batch_input_shape: [null, 784] },
          },
          { class_name: 'LSTM', config: { name: 'lstm', units: 4 } },
          { class_name: 'Dense', config: { name: 'digits', units: 10, activation: 'softmax' } },
        ],
      },
    },
  },
  weightsManifest: [
    {
      paths: ['weights.bin'],
      weights: [
        { name: 'lstm/kernel', shape: [28, 16], dtype: 'float32' },
        { name: 'lstm/recurrent_kernel', shape: [4, 16], dtype: 'float32' },
        { name: 'lstm/bias', shape: [16], dtype: 'float32' },
        { name: 'digits/kernel', shape: [4, 10], dtype: 'float32' },
        { name: 'digits/bias', shape: [10], dtype: 'float32' },
      ],
    },
  ],
};
const WEIGHTS = 28 * 16 + 4 * 16 + 16 + 4 * 10 + 10;

/** Makes the folder below `work`: one student, code beside and inside of what she hands in. */
export function plantedFolder(work) {
  const marks = join(work, 'marks');
  const eve = join(work, 'planted', 'class', 'eve');
  mkdirSync(marks, { recursive: true });
  const put = (path, content) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  };
  for (const folder of [dirname(eve), eve, join(eve, 'models', 'mnist-mlp-linear')]) {
    for (const name of PACKAGES) {
      const directory = join(folder, 'node_modules', name);
      put(
        join(directory, 'package.json'),
        JSON.stringify({ name, version: '4.22.0', main: 'index.js' }),
      );
      put(join(directory, 'index.js'), leaves(marks, `package ${name}`));
    }
    for (const name of CONFIGURATIONS) put(join(folder, name), leaves(marks, `file ${name}`));
    put(
      join(folder, '.npmrc'),
      'node-options=--require ./index.js\nregistry=http://127.0.0.1:9/\n',
    );
    put(join(folder, '.env'), 'NODE_OPTIONS=--require ./index.js\n');
    for (const name of PROGRAMS) {
      for (const place of [join(folder, name), join(folder, 'node_modules', '.bin', name)]) {
        put(place, `#!/bin/sh\necho run > '${join(marks, `program ${name}`)}'\n`);
        chmodSync(place, 0o755);
      }
    }
  }
  put(join(eve, 'answers.md'), '# Question 5\n\nA test accuracy of 92.37 %.\n');
  put(join(eve, 'models', 'mnist-mlp-linear', 'model.json'), JSON.stringify(MODEL));
  put(join(eve, 'models', 'mnist-mlp-linear', 'weights.bin'), new Uint8Array(WEIGHTS * 4));
  const bins = [eve, dirname(eve)].map((folder) => join(folder, 'node_modules', '.bin'));
  // As npx sets it, and as a careless shell does.
  return { eve, marks, environment: { PATH: [...bins, '.', process.env.PATH].join(delimiter) } };
}

function leaves(marks, what) {
  const mark = JSON.stringify(join(marks, what.replaceAll('/', ' ')));
  return `require('node:fs').writeFileSync(${mark}, 'run');\n`;
}
