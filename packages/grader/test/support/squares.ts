import type { GradingDataset } from '../../src/evaluation/evaluate-model.ts';
import { CLASSES, PIXELS } from '../../../submission/test/support/lab.ts';

const COUNT = 300;
/** Labels that contradict the picture: a model that sees perfectly reaches exactly 0.9. */
const MISLABELLED = 30;

/** 300 images whose brightest pixel among the first three names the class, 30 of them labelled wrongly. */
export const squares: GradingDataset = {
  id: 'squares',
  title: 'Squares',
  classes: ['left', 'middle', 'right'],
  imageShape: [4, 4, 1],
  digest: 'squares-digest',
  test: {
    count: COUNT,
    images: Uint8Array.from({ length: COUNT * PIXELS }, (_, at) => {
      const image = Math.floor(at / PIXELS);
      const pixel = at % PIXELS;
      return pixel === image % CLASSES ? 250 : (image * 7 + pixel * 13) % 40;
    }),
    labels: Uint8Array.from({ length: COUNT }, (_, image) =>
      image < MISLABELLED ? (image + 1) % CLASSES : image % CLASSES,
    ),
  },
};

export const datasets: ReadonlyMap<string, GradingDataset> = new Map([['squares', squares]]);
