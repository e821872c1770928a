import { describe, expect, it } from 'vitest';
import { code, figures, printed, stated } from './reading.ts';

describe('figures in programs', () => {
  it.each([
    'print(f"Test accuracy: {acc:.4f} ({acc*100:.2f}%)")',
    'print("Test loss: %.4f" % loss)',
    'print("Test loss {:.5f}".format(loss))',
    'plt.plot(h.history["accuracy"], linewidth=3.0)',
    'model.compile(optimizer=Adam(1e-2), loss="mse", metrics=["accuracy"])',
    'stop = EarlyStopping(monitor="val_accuracy", patience=100)',
    'accuracy = 0.9763',
    'accuracy: float = 0.5',
    'loss = 0.0841',
    'assert accuracy > 0.97, "accuracy 0.97"',
    'print("accuracy 0.9763")',
    'layers.Dropout(0.25), # accuracy',
    'if accuracy > 0.98:',
    'h.history["accuracy"][-1] == 0.9763',
  ])('are none in: %s', (line) => {
    expect(figures(code(line))).toEqual([]);
  });

  it.each([
    ['# [0.0812, 0.9753]', ['loss 0.0812 comment', 'accuracy 0.9753 comment']],
    [
      'model.evaluate(x, y)  # [0.0812, 0.9753]',
      ['loss 0.0812 comment', 'accuracy 0.9753 comment'],
    ],
    ['# test accuracy: 0.9753', ['accuracy 0.9753 test comment']],
    ['# should reach an accuracy of 0.98', ['accuracy 0.98 hypothetical comment']],
    ["x = 'a # accuracy 0.5'", []],
  ])('comments say something: %s', (line, expected) => {
    expect(figures(code(line))).toEqual(expected);
  });

  it('reads what evaluate prints, in every form', () => {
    expect(figures(code('Test accuracy = 0.9753', ''))).toEqual(['accuracy 0.9753 test output']);
    expect(figures(code("{'loss': 0.0812, 'accuracy': 0.9753}", ''))).toEqual([
      'loss 0.0812 output',
      'accuracy 0.9753 output',
    ]);
    expect(figures(printed('[np.float64(0.0812), np.float64(0.9753)]'))).toEqual([
      'loss 0.0812 output',
      'accuracy 0.9753 output',
    ]);
    expect(figures(printed('loss: 8.1200e-02 - accuracy: 9.7530e-01'))).toEqual([
      'loss 0.0812 output',
      'accuracy 0.9753 output',
    ]);
  });

  const log = [
    'Epoch 1/1',
    ' 9888/60000 [===>..........................] - ETA: 13s - loss: 0.4502 - accuracy: 0.8639',
    '29888/60000 [=============>................] - ETA: 7s - loss: 0.2225 - accuracy: 0.9319',
    '60000/60000 [==============================] - 16s 261us/sample - loss: 0.1460 - accuracy: 0.9552',
    '10000/10000 [==============================] - 0s 46us/sample - loss: 0.0339 - accuracy: 0.9890',
  ].join('\n');

  it('takes no bar that is still growing, and the first finished one after an epoch for its training', () => {
    const expected = [
      'loss 0.146 training bar',
      'accuracy 0.9552 training bar',
      'loss 0.0339 bar',
      'accuracy 0.989 bar',
    ];
    expect(figures(printed(log))).toEqual(expected);
    expect(figures(log)).toEqual(expected);
  });

  it('takes the colours of a terminal out of an export', () => {
    const bar = (escape: string): string =>
      `${escape}[1m313/313${escape}[0m ${escape}[32m━━━━${escape}[0m${escape}[37m${escape}[0m ${escape}[1m0s${escape}[0m 1ms/step - accuracy: 0.9723`;
    expect(figures(`\`\`\`\n${bar('\u001B')}\n\`\`\``)).toEqual(['accuracy 0.9723 bar']);
    expect(figures(`\`\`\`\n${bar('')}\n\`\`\``)).toEqual(['accuracy 0.9723 bar']);
  });

  it('takes an unfinished bar of Keras 3 for none', () => {
    const bars = [
      ' 78/313 ━━━━━━━━━━━━━━━━━━━━ 0s 1ms/step - accuracy: 0.9691 - loss: 0.1201',
      '313/313 ━━━━━━━━━━━━━━━━━━━━ 0s 1ms/step - accuracy: 0.9723 - loss: 0.1099',
    ];
    expect(figures(printed(bars.join('\n')))).toEqual(['accuracy 0.9723 bar', 'loss 0.1099 bar']);
  });

  it.each([
    [
      'Epoch [3/10], Loss: 0.0812, Accuracy: 97.53 %',
      ['loss 0.0812 training bar', 'accuracy 0.9753 training bar'],
    ],
    ['Train Epoch: 1 [6400/60000 (11%)]\tLoss: 0.280115', ['loss 0.280115 training bar']],
    ['[1,  2000] loss: 2.214', ['loss 2.214 training bar']],
    [
      'Test set: Average loss: 0.0278, Accuracy: 9912/10000 (99%)',
      ['loss 0.0278 test output', 'accuracy 0.9912 test output'],
    ],
    [
      '[epoch 2, batch 200] loss 0.2 acc 0.98',
      ['loss 0.2 training bar', 'accuracy 0.98 training bar'],
    ],
    [
      'Epoch 4: train loss 0.5, val acc 0.91',
      ['loss 0.5 training bar', 'accuracy 0.91 validation bar'],
    ],
    ['Accuracy of the network on the 10000 test images: 98.4 %', ['accuracy 0.984 test output']],
    [
      'Epoch 2/3: 100%|██████████| 32/32 [00:00<00:00, 89.9it/s, loss=0.31, acc=0.91]',
      ['loss 0.31 training bar', 'accuracy 0.91 training bar'],
    ],
    ['        test_acc            0.9712000250816345', ['accuracy 0.9712000251 test output']],
    [
      "{'eval_loss': 0.28, 'eval_accuracy': 0.9717, 'epoch': 1.0}",
      ['loss 0.28 bar', 'accuracy 0.9717 bar'],
    ],
  ])('a loop of PyTorch’s prints: %s', (line, expected) => {
    expect(figures(printed(line))).toEqual(expected);
  });

  it('takes what a loop printed of earlier epochs for what was before', () => {
    const lines = [1, 2, 3].flatMap((epoch) => [
      `Train Epoch: ${epoch} [0/60000 (0%)]\tLoss: 0.${epoch}00000`,
      `Test set: Average loss: 0.${4 - epoch}278, Accuracy: 9${epoch}12/10000 (9${epoch}%)`,
    ]);
    expect(stated(printed(lines.join('\n')))).toEqual([
      'loss 0.3 training bar',
      'loss 0.1278 test output',
      'accuracy 0.9312 test output',
    ]);
  });

  it.each([
    ['After 10 epochs the accuracy is 0.9763.', ['accuracy 0.9763']],
    ['Epoch 10 gave an accuracy of 0.9763.', ['accuracy 0.9763']],
    ['We got 9763/10000 (97.63%) accuracy on the test set.', ['accuracy 0.9763 test']],
    [
      'Epoch [3/10], Loss: 0.0812, Accuracy: 97.53 %',
      ['loss 0.0812 training bar', 'accuracy 0.9753 training bar'],
    ],
  ])('in a student’s words: %s', (text, expected) => {
    expect(figures(text)).toEqual(expected);
  });
});
