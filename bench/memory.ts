// The most memory that training and evaluating three networks takes, each in a process of its own: a few steps on made-up
// images, and an evaluation of as many.
//   tsx --conditions=@labproof/source bench/memory.ts [ENGINE]
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Dataset, Trainer, openKernels, planTraining, weightsDigest } from '@labproof/core';

type Layers = { class_name: string; config: Record<string, unknown> }[];
interface Net {
  readonly side: number;
  readonly channels: number;
  readonly batch: number;
  /** Training images: as many as the data set that the network is for has, where that is what is measured. */
  readonly images: number;
  readonly trained: number;
  readonly layers: Layers;
}

const convolution = (filters: number, padding = 'same'): Layers[number] => ({
  class_name: 'Conv2D',
  config: { filters, kernel_size: [3, 3], padding, activation: 'relu' },
});
const pooling: Layers[number] = { class_name: 'MaxPooling2D', config: { pool_size: [2, 2] } };
const dense = (units: number, activation = 'relu'): Layers[number] => ({
  class_name: 'Dense',
  config: { units, activation },
});
const flatten: Layers[number] = { class_name: 'Flatten', config: {} };
const dropout: Layers[number] = { class_name: 'Dropout', config: { rate: 0.25 } };
const group = (filters: number, count: number): Layers => [
  ...Array.from({ length: count }, () => convolution(filters)),
  pooling,
];

const NETS: Readonly<Record<string, Net>> = {
  'MNIST CNN, batches of 128': {
    side: 28,
    channels: 1,
    batch: 128,
    images: 60_000,
    trained: 1280,
    layers: [
      convolution(32, 'valid'),
      convolution(64, 'valid'),
      pooling,
      dropout,
      flatten,
      dense(128),
      dense(10, 'softmax'),
    ],
  },
  'CIFAR-10 CNN, batches of 32': {
    side: 32,
    channels: 3,
    batch: 32,
    images: 50_000,
    trained: 640,
    layers: [
      ...group(32, 2),
      dropout,
      ...group(64, 2),
      dropout,
      flatten,
      dense(512),
      dense(10, 'softmax'),
    ],
  },
  'VGG-like, 224 × 224, batches of 16': {
    side: 224,
    channels: 3,
    batch: 16,
    images: 16,
    trained: 16,
    layers: [
      ...group(64, 2),
      ...group(128, 2),
      ...group(256, 2),
      ...group(256, 2),
      ...group(256, 2),
      flatten,
      dense(256),
      dense(10, 'softmax'),
    ],
  },
};

const [name, engine = 'auto'] = process.argv.slice(2);
const net = NETS[name ?? ''];
if (net === undefined) {
  for (const each of Object.keys(NETS)) {
    const script = fileURLToPath(import.meta.url);
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [...process.execArgv, script, each, name ?? 'auto'],
      {
        encoding: 'utf8',
      },
    );
    console.log(stdout.trim() || `${each}: ${stderr.trim().split('\n').at(-1) ?? ''}`);
  }
} else {
  const { side, channels, batch, images, trained, layers } = net;
  const split = (count: number): Dataset['train'] => ({
    count,
    images: Uint8Array.from(
      { length: count * side * side * channels },
      (_, at) => (at * 7919) % 251,
    ),
    labels: Uint8Array.from({ length: count }, (_, at) => at % 10),
  });
  const dataset: Dataset = {
    id: 'made-up',
    title: 'Made up',
    classes: Array.from({ length: 10 }, (_, index) => `${index}`),
    imageShape: [side, side, channels],
    train: split(images),
    test: split(batch),
    digest: 'made-up',
  };
  const kernels = await openKernels(engine as 'auto');
  const shape = { batch_input_shape: [null, side, side, channels] };
  const before = process.resourceUsage().maxRSS;
  const plan = planTraining(
    {
      dataset: 'made-up',
      inputShape: [side, side, channels],
      inputScale: '1/255',
      model: {
        name: 'net',
        layers: layers.map((layer, index) =>
          index === 0 ? { ...layer, config: { ...layer.config, ...shape } } : layer,
        ),
      },
      loss: 'categorical_crossentropy',
      optimizer: {
        class_name: 'SGD',
        learning_rate: 0.0001,
        momentum: 0.9,
        nesterov: false,
        decay: 0,
      },
      batchSize: batch,
      epochs: 1,
      validation: { from: 'test' },
      shuffle: true,
      trainLimit: trained,
    },
    dataset,
  );
  const trainer = new Trainer({ kernels, plan, dataset, seed: 1 });
  while (!trainer.finished) trainer.runEpoch();
  const { loss } = trainer.test();
  const digest = weightsDigest(trainer.weights()).slice(0, 16);
  const [least, most] = [before, process.resourceUsage().maxRSS].map((kibibytes) =>
    Math.round(kibibytes / 1024),
  );
  console.log(
    `${name ?? ''}: ${most} MiB at most, ${least} before (${kernels.engine}; digest ${digest}, loss ${loss.toFixed(4)})`,
  );
}
