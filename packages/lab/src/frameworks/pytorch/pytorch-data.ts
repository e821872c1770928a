import type { Augmentation, Recipe } from '@labproof/core';
import { comment, literal } from '../python.ts';

const CLASSES: Readonly<Record<string, string>> = {
  mnist: 'MNIST',
  cifar10: 'CIFAR10',
};

/** Height and width of a recipe's images, as far as it says them. */
function extents({ inputShape, dataset }: Recipe): readonly [number, number] {
  const [height, width] = inputShape;
  if (inputShape.length > 1 && height !== undefined && width !== undefined) return [height, width];
  return dataset === 'cifar10' ? [32, 32] : [28, 28];
}

/** Transforms that change training images as Keras's generator does, and in what they differ. */
function changes(
  augmentation: Augmentation,
  [height, width]: readonly [number, number],
): {
  readonly transforms: readonly string[];
  readonly leftOut: readonly string[];
} {
  const {
    widthShiftRange = 0,
    heightShiftRange = 0,
    rotationRange = 0,
    zoomRange = 0,
  } = augmentation;
  const right = Math.round(widthShiftRange * width);
  const down = Math.round(heightShiftRange * height);
  const moved = right + down > 0;
  const turned = rotationRange > 0 || zoomRange > 0;
  return {
    transforms: [
      // A crop of the padded image is a shift by whole pixels; "edge" is Keras's fill_mode="nearest".
      ...(moved
        ? [
            `transforms.Pad(${literal([right, down])}, padding_mode="edge")`,
            `transforms.RandomCrop(${literal([height, width])})`,
          ]
        : []),
      ...(turned
        ? [
            `transforms.RandomAffine(${rotationRange}${
              zoomRange > 0 ? `, scale=${literal([1 - zoomRange, 1 + zoomRange])}` : ''
            })`,
          ]
        : []),
      ...(augmentation.horizontalFlip === true ? ['transforms.RandomHorizontalFlip()'] : []),
      ...(augmentation.verticalFlip === true ? ['transforms.RandomVerticalFlip()'] : []),
    ],
    leftOut: turned
      ? [
          'RandomAffine fills what it uncovers with black, and zooms both axes alike; Keras repeats the edge, and zooms each axis by itself.',
        ]
      : [],
  };
}

/** What loads the images: `train_data`, `validation_data` and `test_data`, as `ToTensor` leaves them. */
export function pytorchData(recipe: Recipe): {
  readonly text: string;
  readonly leftOut: readonly string[];
} {
  const { dataset, inputScale, validation, trainLimit, augmentation } = recipe;
  const known = Object.hasOwn(CLASSES, dataset) ? CLASSES[dataset] : undefined;
  const scaled =
    inputScale === '1/255'
      ? ['transforms.ToTensor()']
      : ['transforms.ToTensor()', 'transforms.Lambda(lambda image: image * 255)'];
  const { transforms, leftOut } =
    augmentation === undefined
      ? { transforms: [], leftOut: [] }
      : changes(augmentation, extents(recipe));
  const plain =
    scaled.length === 1 ? scaled.join('') : `transforms.Compose([${scaled.join(', ')}])`;
  const load = (train: boolean, transform: string): string =>
    known === undefined
      ? `...  ${comment(`"${dataset}": ${train ? 'training' : 'test'} images as float tensors (channels × height × width), with labels from 0`)}`
      : `datasets.${known}("../data", train=${literal(train)}, download=True, transform=${transform})`;
  const split = validation.from === 'split';
  const lines = [
    ...(known === undefined ? [] : ['# The images are kept beside the folder that you hand in.']),
    ...(transforms.length === 0
      ? [`train_data = ${load(true, plain)}`]
      : [
          'changed = transforms.Compose([',
          ...[...transforms, ...scaled].map((each) => `    ${each},`),
          '])',
          `train_data = ${load(true, 'changed')}`,
        ]),
    `test_data = ${load(false, plain)}`,
    ...(trainLimit === null ? [] : [`train_data = Subset(train_data, range(${trainLimit}))`]),
    ...(split
      ? [
          `held_back = int(len(train_data) * (1 - ${validation.share}))`,
          ...(transforms.length === 0
            ? ['validation_data = Subset(train_data, range(held_back, len(train_data)))']
            : [
                `unchanged = ${load(true, plain)}`,
                'validation_data = Subset(unchanged, range(held_back, len(train_data)))',
              ]),
          'train_data = Subset(train_data, range(held_back))',
        ]
      : []),
  ];
  return { text: lines.join('\n'), leftOut };
}
