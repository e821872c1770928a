// How long a large state_dict of PyTorch's takes to read, in time of the processor, beside reading its bytes from the disk, and
// how much memory. Then the same network of two convolutions from a file of Keras's kind and from one of PyTorch's, evaluated
// on the test images in turns.
//   python bench/python/big_state_dict.py FILE
//   tsx --conditions=@labproof/source bench/pytorch-files.ts FILE [ROUNDS]
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadDataset, openKernels } from '@labproof/core';
import { evaluateModel } from '@labproof/grader';
import { filesInMemory, readModel, torchCode } from '@labproof/submission';
import { asStateDict, safetensors } from '../packages/cli/test/state-dict.ts';
import { MODEL_LIMITS } from '../packages/submission/src/models/model-limits.ts';

const [file = '', rounds = '5'] = process.argv.slice(2);
const turns = Array.from({ length: Number(rounds) }, (_, turn) => turn);

const NETWORK =
  'model = nn.Sequential(nn.Flatten(), nn.Linear(784, 3000), nn.ReLU(), nn.Linear(3000, 3000), nn.ReLU(), nn.Linear(3000, 10))';

/** What a lab's images are. */
const DIGITS = {
  id: 'digits',
  imageShape: [28, 28, 1],
  model: { name: 'digits', layers: [] },
} as const;

type Format = Parameters<typeof readModel>[0]['format'];

function read(content: ReadonlyMap<string, Uint8Array>, format: Format, code: readonly string[]) {
  const [path = ''] = [...content.keys()];
  return readModel(
    { exercise: null, path, format, refused: null, found: [] },
    filesInMemory(content),
    {
      limits: MODEL_LIMITS,
      openForeign: async () => null,
      exercises: [DIGITS],
      code: torchCode(code.map((text) => ({ text, exercise: null }))),
    },
  );
}

/** Seconds of the processor and of the clock. */
async function timed<Value>(run: () => Value | Promise<Value>): Promise<[Value, number, number]> {
  const [start, before] = [performance.now(), process.cpuUsage()];
  const value = await run();
  const { user, system } = process.cpuUsage(before);
  return [value, (user + system) / 1e6, (performance.now() - start) / 1e3];
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
const shown = (values: readonly number[], digits: number): string =>
  `${median(values).toFixed(digits)} (best ${Math.min(...values).toFixed(digits)})`;

// The first file of all loads the readers themselves.
const small = new URL(
  '../fixtures/pytorch-files/torch-2.15.0/sequential-convolution-module.pt',
  import.meta.url,
);
await read(new Map([['small.pt', new Uint8Array(readFileSync(small))]]), 'pytorch', [NETWORK]);

const size = statSync(file).size;
const disk: number[] = [];
const reading: number[] = [];
const clock: number[] = [];
let memory = 0;
for (const turn of turns) {
  const [bytes, ofDisk] = await timed((): Uint8Array => readFileSync(file));
  const before = process.memoryUsage.rss();
  const [model, ofReading, seconds] = await timed(() =>
    read(new Map([['big.pt', bytes]]), 'pytorch', [NETWORK]),
  );
  if (model.state === 'refused') throw new Error(model.refusal.message);
  // The most that the process ever held only grows: the first reading tells, with the file's bytes.
  if (turn === 0) memory = process.resourceUsage().maxRSS * 1024 - before + size;
  disk.push(ofDisk);
  reading.push(ofReading);
  clock.push(seconds);
}
console.log(`${(size / 1e6).toFixed(1)} MB`);
console.log(`bytes from the disk:  ${shown(disk, 3)} s of processor time`);
console.log(`the network in them:  ${shown(reading, 3)} s of processor time, ${shown(clock, 3)} s`);
console.log(`ratio:                ${(median(reading) / median(disk)).toFixed(1)}`);
console.log(
  `memory:               ${(memory / size).toFixed(2)} times the file, its bytes included`,
);

const folder = fileURLToPath(
  new URL('../fixtures/image-recognition/excellent/submission/models/mnist-cnn/', import.meta.url),
);
const [json, weights] = [
  readFileSync(join(folder, 'model.json')),
  readFileSync(join(folder, 'weights.bin')),
];
const converted = safetensors(asStateDict(json.toString('utf8'), weights));
const keras = await read(
  new Map([
    ['m/model.json', new Uint8Array(json)],
    ['m/weights.bin', new Uint8Array(weights)],
  ]),
  'tfjs-layers-model',
  [],
);
const torch = await read(new Map([['m.safetensors', converted]]), 'safetensors', [
  `class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv_1 = nn.Conv2d(1, 32, 3)
        self.conv_2 = nn.Conv2d(32, 64, 3)
        self.hidden = nn.Linear(9216, 128)
        self.digits = nn.Linear(128, 10)
    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv_2(F.relu(self.conv_1(x)))), 2)
        return self.digits(F.relu(self.hidden(torch.flatten(x, 1))))
model = Net()
transform = transforms.Normalize((0.0,), (1.0,))`,
]);
const kernels = await openKernels('auto');
const dataset = await loadDataset('mnist');
const sides = { keras, torch } as const;
const times: Record<keyof typeof sides, number[]> = { keras: [], torch: [] };
const accuracies = new Map<string, number | undefined>();
for (const turn of [-1, ...turns]) {
  for (const side of ['keras', 'torch'] as const) {
    const model = sides[side];
    if (model.state === 'refused') throw new Error(model.refusal.message);
    const loss = 'categorical_crossentropy';
    const [{ evaluation }, seconds] = await timed(() =>
      evaluateModel({ model, dataset, scale: '1/255', loss, kernels }),
    );
    accuracies.set(side, evaluation?.accuracy);
    if (turn >= 0) times[side].push(seconds);
  }
}
console.log(`mnist-cnn on 10,000 images:`);
for (const side of ['keras', 'torch'] as const) {
  console.log(
    `  ${side}: ${shown(times[side], 2)} s of processor time, accuracy ${
      accuracies.get(side) ?? '?'
    }`,
  );
}
console.log(`  ratio: ${(median(times.torch) / median(times.keras)).toFixed(2)}`);
