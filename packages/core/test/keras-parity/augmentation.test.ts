import { describe, expect, it } from 'vitest';
import { createOracleKernels } from '../../src/index.ts';
import { type ImageChange, mapOf } from '../../src/programs/augmentation.ts';
import { readMoved } from './fixture.ts';

type Moved = ReturnType<typeof readMoved>[number];

/** Both interpolate in steps of float32 or better; the coordinates have an error of some 10⁻⁶ pixels. */
const TOLERANCE = 5e-6;

const number = (value: number | boolean | undefined, absent: number): number =>
  typeof value === 'number' ? value : absent;

/** A change in Keras's words as Labproof draws one: `tx` is what `height_shift_range` draws, in pixels. */
function changeOf({ change }: Moved): ImageChange {
  return {
    angle: number(change['theta'], 0),
    down: number(change['tx'], 0),
    right: number(change['ty'], 0),
    zoomDown: number(change['zx'], 1),
    zoomRight: number(change['zy'], 1),
    mirrored: change['flip_horizontal'] === true,
    upsideDown: change['flip_vertical'] === true,
  };
}

/** The largest difference of a pixel. */
function difference(moved: Moved, axes: 'swapped' | undefined): number {
  const { shape } = moved;
  const bytes = Buffer.from(moved.image, 'base64');
  const kernels = createOracleKernels();
  const [x, maps, y] = [bytes.length * 4, 24, bytes.length * 4].map((size) =>
    kernels.allocate(size),
  );
  kernels.f32(x!, bytes.length).set(Float32Array.from(bytes, (byte) => byte / 255));
  kernels.f32(maps!, 6).set(mapOf(changeOf(moved), shape, axes));
  kernels.transformImages(x!, maps!, y!, 1, ...shape);
  const ours = kernels.f32(y!, bytes.length);
  expect(moved.moved).toHaveLength(ours.length);
  return Math.max(...moved.moved.map((pixel, index) => Math.abs(pixel - ours[index]!)));
}

const isShift = ({ change }: Moved): boolean => 'tx' in change || 'ty' in change;
const turnsOrZooms = ({ change }: Moved): boolean =>
  ['theta', 'zx', 'zy'].some((name) => name in change);
const isSquare = ({ shape }: Moved): boolean => shape[0] === shape[1];

describe.each(['keras-3.15.1', 'keras-2.15.0'])('the ImageDataGenerator of %s', (keras) => {
  const moved = readMoved(keras);

  it('moves images as recipes with swapped axes do, square or not', () => {
    expect(moved.some(isShift) && moved.some((one) => !isSquare(one))).toBe(true);
    for (const one of moved) {
      expect(difference(one, 'swapped'), JSON.stringify(one)).toBeLessThan(TOLERANCE);
    }
  });

  it('takes height_shift_range for a way to the side, which recipes without swapped axes do not', () => {
    const shifts = moved.filter((one) => isShift(one) && one.change['tx'] !== one.change['ty']);
    expect(shifts.length).toBeGreaterThan(10);
    for (const one of shifts) expect(difference(one, undefined)).toBeGreaterThan(0.01);
  });
});

describe('the ImageDataGenerator of keras-2.2.4', () => {
  const moved = readMoved('keras-2.2.4');

  it('shifts and flips as recipes without swapped axes do', () => {
    const plain = moved.filter((one) => !turnsOrZooms(one));
    expect(plain.some(isShift)).toBe(true);
    for (const one of plain) {
      expect(difference(one, undefined), JSON.stringify(one)).toBeLessThan(TOLERANCE);
    }
  });

  it('turns and zooms about a point one pixel below and to the right of the middle', () => {
    const turned = moved.filter(turnsOrZooms);
    expect(turned.length).toBeGreaterThan(10);
    for (const one of turned) expect(difference(one, undefined)).toBeGreaterThan(0.01);
  });
});
