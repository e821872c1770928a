import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimsInBlock } from '../../src/claims/block-claims.ts';
import { markdownBlocks } from '../../src/blocks/markdown-blocks.ts';
import { findNumerals } from '../../src/claims/numeral.ts';

/** Claims as "metric value ±step part". */
function read(markdown: string): string[] {
  return markdownBlocks(markdown)
    .flatMap((block) => claimsInBlock(block))
    .filter(({ standing }) => standing === 'stated')
    .map(
      ({ metric, value, part }) =>
        `${metric} ${Number(value.toFixed(10))}${part === null ? '' : ` ${part}`}`,
    );
}

describe('claims in prose', () => {
  it.each([
    ['The accuracy is 0.9217.', ['accuracy 0.9217']],
    ['accuracy: .92', ['accuracy 0.92']],
    ['We got an accuracy of 92,46% on the test set.', ['accuracy 0.9246 test']],
    ['accuracy of 97,68\u202f%', ['accuracy 0.9768']],
    ['The accuracy was ~98.7 in the end', ['accuracy 0.987']],
    ['The accuracy is 0.9763999843597412', ['accuracy 0.9763999844']],
    ['an accuracy of 0.9232%', ['accuracy 0.9232']],
    ['Loss: 0.2844, accuracy: 0.9232', ['loss 0.2844', 'accuracy 0.9232']],
    [
      'The loss and accuracy are 0.2844 and 0.9232 respectively.',
      ['loss 0.2844', 'accuracy 0.9232'],
    ],
    ['92.32% accuracy and 0.2844 loss', ['accuracy 0.9232', 'loss 0.2844']],
    [
      'The test loss was 0.0841 and the accuracy 97.63%.',
      ['loss 0.0841 test', 'accuracy 0.9763 test'],
    ],
    ['Accuracy Train: 99.52% , Test: 98.02%', ['accuracy 0.9952 training', 'accuracy 0.9802 test']],
    ['Training and test accuracy: 0.95 and 0.92', ['accuracy 0.95 training', 'accuracy 0.92 test']],
    [
      'accuracy of 0.92 on the test set and 0.95 on the training set',
      ['accuracy 0.92 test', 'accuracy 0.95 training'],
    ],
    ['After training, the accuracy is 0.92.', ['accuracy 0.92']],
    [
      'With batch size 64 and a learning rate of 0.02, the validation accuracy was 0.9311 and the test accuracy 0.9285.',
      ['accuracy 0.9311 validation', 'accuracy 0.9285 test'],
    ],
    [
      'In epoch 9 the training loss is 0.0313 and the validation loss 0.0842.',
      ['loss 0.0313 training', 'loss 0.0842 validation'],
    ],
    [
      'Dropout lowers training accuracy from 0.9931 to 0.9712, and test accuracy stays 0.9763.',
      ['accuracy 0.9712 training', 'accuracy 0.9763 test'],
    ],
    ['accuracy 99.1% (train) vs. 97.6% (test)', ['accuracy 0.991 training', 'accuracy 0.976 test']],
    ['Train/test accuracy: 0.9912/0.9763', ['accuracy 0.9912 training', 'accuracy 0.9763 test']],
    [
      'The gap between training (99.1 %) and test accuracy (97.6 %) is 1.5 %.',
      ['accuracy 0.991 training', 'accuracy 0.976 test'],
    ],
    ['The loss is $8.41 \\cdot 10^{-2}$.', ['loss 0.0841']],
    ['The loss is 8.41 × 10⁻².', ['loss 0.0841']],
    ['The loss is 8.41 x 10^-2.', ['loss 0.0841']],
    ['We split the data 80 % / 20 % and got accuracy 97.63 %.', ['accuracy 0.9763']],
    ['With 20 % validation data the test accuracy is 97.63 %.', ['accuracy 0.9763 test']],
    ['训练25轮后，测试集上的准确率为0.9763。', ['accuracy 0.9763 test']],
    ['99% of the images are classified correctly', ['accuracy 0.99']],
    ['The accuracy\nof the model is\n0.9763', ['accuracy 0.9763']],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each([
    'The error rate is 2.4 %.',
    'Each epoch takes about 5 seconds and the accuracy grows.',
    'The accuracy on 50,000 images grows with 12 epochs.',
    'The accuracy improved by 5.3%.',
    'The accuracy is 5.3% higher than that of the first model.',
    'We used a learning rate of 0.001 and a dropout of 0.25.',
    'As question 5 says, accuracy matters.',
    'For five digits 0.92 to the power of 5 gives 0.66.',
    'Four digits: 0.9763 · 0.9763 · 0.9763 · 0.9763, so much less.',
    'A model that always says 1 reaches an accuracy of 11.35 %.',
    'The majority class gives an accuracy of 50 %.',
  ])('reads no claim in: %s', (text) => {
    expect(read(text)).toEqual([]);
  });
});

it('reads percentages without the last bit of a division', () => {
  const [block] = markdownBlocks('The accuracy is 90.65 %.');
  expect(block === undefined ? [] : claimsInBlock(block).map(({ value }) => value)).toEqual([
    0.9065,
  ]);
});

describe('claims in tables and logs', () => {
  it('reads a kable table in a code block', () => {
    expect(read('```\n## loss acc\n## ---------- -------\n## 0.2844012 0.9232\n```')).toEqual([
      'loss 0.2844012',
      'accuracy 0.9232',
    ]);
  });
  it('reads a table that was pasted as text', () => {
    expect(read('loss\tacc\n0.0841106\t0.9763')).toEqual(['loss 0.0841106', 'accuracy 0.9763']);
  });
  it('reads Markdown tables by column and by row', () => {
    expect(read('| loss | acc |\n|---|---|\n| 0.28 | 0.92 |')).toEqual([
      'loss 0.28',
      'accuracy 0.92',
    ]);
    expect(
      read('| metric | value |\n|---|---|\n| test loss | 0.28 |\n| test accuracy | 92 % |'),
    ).toEqual(['loss 0.28 test', 'accuracy 0.92 test']);
    expect(read('| set | accuracy |\n|---|---|\n| training | 0.99 |\n| test | 0.97 |')).toEqual([
      'accuracy 0.99 training',
      'accuracy 0.97 test',
    ]);
  });
  it('reads what evaluate prints', () => {
    expect(read('```\nTest loss: 0.0841\nTest accuracy: 0.9763\n```')).toEqual([
      'loss 0.0841 test',
      'accuracy 0.9763 test',
    ]);
    expect(read('```\n[0.08411, 0.9763]\n```')).toEqual(['loss 0.08411', 'accuracy 0.9763']);
    expect(read('```\n$loss\n[1] 0.2844\n\n$acc\n[1] 0.9232\n```')).toEqual([
      'loss 0.2844',
      'accuracy 0.9232',
    ]);
    expect(
      read(
        '```\n10000/10000 [==============================] - 1s 52us/step - loss: 0.0841 - acc: 0.9763\n```',
      ),
    ).toEqual(['loss 0.0841', 'accuracy 0.9763']);
  });
  it('takes the lines of a training log for training and validation', () => {
    const log =
      'Epoch 12/12\n48000/48000 [====] - 4s 83us/sample - loss: 0.2640 - acc: 0.9265 - val_loss: 0.2807 - val_acc: 0.9240';
    expect(read(`\`\`\`\n${log}\n\`\`\``)).toEqual([
      'loss 0.264 training',
      'accuracy 0.9265 training',
      'loss 0.2807 validation',
      'accuracy 0.924 validation',
    ]);
  });
  it('reads no bar of tqdm that is still growing', () => {
    expect(read('```\n 43%|####      | 200/469 [00:02<00:03, loss=0.28, acc=0.91]\n```')).toEqual(
      [],
    );
    expect(read('```\n100%|##########| 469/469 [00:05<00:00, acc=0.97]\n```')).toEqual([
      'accuracy 0.97 training',
    ]);
  });
  it('reads log lines that a page cut off', () => {
    const line = '## 48000/48000 [====] - 5s 104us/sample - loss: 0.4022 - acc: 0.8852 - val_lo';
    expect(read(`\`\`\`\n${line}\n\`\`\``)).toEqual([
      'loss 0.4022 training',
      'accuracy 0.8852 training',
    ]);
  });
  it('does not take a history for results', () => {
    expect(
      read('epoch\tvalue\tmetric\tdata\n1\t0.4021841\tloss\ttraining\n2\t0.30\tloss\ttraining'),
    ).toEqual([]);
  });
});

describe('findNumerals', () => {
  it('reads back every number that is written with so many decimals', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 99_999 }),
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom('.', ','),
        fc.constantFrom('', '%', ' %', '\u202f%'),
        (digits, decimals, mark, percent) => {
          const padded = String(digits).padStart(decimals + 1, '0');
          const whole = padded.slice(0, -decimals);
          const text = whole + mark + padded.slice(-decimals);
          // Three digits after one comma group thousands, unless the whole part is zero.
          fc.pre(mark === '.' || decimals !== 3 || whole === '0');
          const found = findNumerals(`value ${text}${percent} .`);
          expect(found).toHaveLength(1);
          expect(found[0]?.value).toBe(Number(text.replace(',', '.')));
          expect(found[0]?.step).toBe(Number(`1e-${decimals}`));
          expect(found[0]?.percent).toBe(percent !== '');
        },
      ),
    );
  });
  it('never fails and never overlaps on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789.,%e- \u202fax') }), (text) => {
        let end = 0;
        for (const numeral of findNumerals(text)) {
          expect(numeral.start).toBeGreaterThanOrEqual(end);
          expect(Number.isFinite(numeral.value)).toBe(true);
          end = numeral.end;
        }
      }),
    );
  });
  it('groups thousands and refuses version numbers', () => {
    expect(findNumerals('1,234,567.5').map(({ value }) => value)).toEqual([1_234_567.5]);
    expect(findNumerals('10,000 images').map(({ value }) => value)).toEqual([10_000]);
    expect(findNumerals('keras 2.15.0')).toEqual([]);
    expect(findNumerals('conv2d x1 Q5')).toEqual([]);
  });
});
