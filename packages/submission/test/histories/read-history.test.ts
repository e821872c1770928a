import { describe, expect, it } from 'vitest';
import { LabproofError } from '@labproof/core';
import { readHistory } from '../../src/histories/read-history.ts';

/** The epochs of a file as lists, or the code and message of the refusal. */
function read(text: string | Uint8Array, path = 'histories/net.csv'): unknown {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  try {
    return readHistory({ path, bytes: bytes.length, read: () => bytes }).map(
      ({ loss, accuracy, valLoss, valAccuracy }) => [loss, accuracy, valLoss, valAccuracy],
    );
  } catch (error) {
    if (!(error instanceof LabproofError)) throw error;
    expect(error.owner).toBe('student');
    return `${error.code}: ${error.message}`;
  }
}

const RIGHT = [
  [0.5, 0.8, 0.4, 0.85],
  [0.25, 0.9, 0.3, 0.875],
];
const NO_VALIDATION = RIGHT.map(([loss, accuracy]) => [loss, accuracy, null, null]);
const SOME_VALIDATION = [
  [0.5, 0.8, null, null],
  [0.25, 0.9, 0.3, 0.875],
];

describe('readHistory', () => {
  it.each([
    [
      'CSVLogger',
      'epoch,accuracy,loss,val_accuracy,val_loss\n0,0.8,0.5,0.85,0.4\n1,0.9,0.25,0.875,0.3\n',
    ],
    [
      'pandas with its index',
      ',loss,accuracy,val_loss,val_accuracy\n0,0.5,0.8,0.4,0.85\n1,0.25,0.9,0.3,0.875\n',
    ],
    [
      'R’s write.csv2',
      '"";"loss";"accuracy";"val_loss";"val_accuracy"\n"1";0,5;0,8;0,4;0,85\n"2";0,25;0,9;0,3;0,875\n',
    ],
    [
      'R’s write.table, a name before each row',
      '"loss" "accuracy" "val_loss" "val_accuracy"\n"1" 0.5 0.8 0.4 0.85\n"2" 0.25 0.9 0.3 0.875\n',
    ],
    [
      'Excel with sep=',
      'sep=;\r\nEpoch;Loss;Accuracy;Val Loss;Val Accuracy\r\n1;0,5;0,8;0,4;0,85\r\n2;0,25;0,9;0,3;0,875\r\n',
    ],
    [
      'tabs and a mark of UTF-8',
      '\uFEFFloss\tacc\tval_loss\tval_acc\n0.5\t0.8\t0.4\t0.85\n.25\t9e-1\t.3\t.875\n',
    ],
    [
      'R’s data frame of a history',
      '"","epoch","value","metric","data"\n"1",1,0.5,"loss","training"\n"2",2,0.25,"loss","training"\n"3",1,0.8,"accuracy","training"\n"4",2,0.9,"accuracy","training"\n"5",1,0.4,"loss","validation"\n"6",2,0.3,"loss","validation"\n"7",1,0.85,"accuracy","validation"\n"8",2,0.875,"accuracy","validation"\n',
    ],
    [
      'the usual name beside another',
      'binary_accuracy,loss,accuracy,val_loss,val_accuracy,learning_rate\n0,0.5,0.8,0.4,0.85,0.001\n0,0.25,0.9,0.3,0.875,0.001\n',
    ],
    [
      'names in another language, per cents',
      'Epoche;Verlust;Genauigkeit;Val. Verlust;Validierungsgenauigkeit\n1;0,5;80 %;0,4;85 %\n2;0,25;90 %;0,3;87,5 %\n',
    ],
    [
      'the data behind the metric, accuracies of a hundred',
      'loss_train,accuracy_train (%),loss_val,accuracy_val (%)\n0.5,80,0.4,85\n0.25,90,0.3,87.5\n',
    ],
    [
      'notes above, names behind a sign, epochs in words',
      '# trained twice\n# epoch,loss,accuracy,val_loss,val_accuracy\nEpoch 1,0.5,0.8,0.4,0.85\n2/2,0.25,0.9,0.3,0.875\n',
    ],
    [
      'a table of Markdown',
      '| epoch | loss | accuracy | val_loss | val_accuracy |\n|---|:--|---|---|---|\n| 1 | 0.5 | 0.8 | 0.4 | 0.85 |\n| 2 | 0.25 | 0.9 | 0.3 | 0.875 |\n',
    ],
    [
      'the names once more where the log goes on',
      'epoch,loss,accuracy,val_loss,val_accuracy\n1,0.5,0.8,0.4,0.85\nepoch,loss,accuracy,val_loss,val_accuracy\n2,0.25,0.9,0.3,0.875\n',
    ],
    [
      'a log to which the same was appended',
      'epoch,accuracy,loss,val_accuracy,val_loss\n0,0.8,0.5,0.85,0.4\n1,0.9,0.25,0.875,0.3\n0,0.8,0.5,0.85,0.4\n1,0.9,0.25,0.875,0.3\n',
    ],
  ])('reads CSV: %s', (_, text) => {
    expect(read(text)).toEqual(RIGHT);
  });

  it('reads UTF-16 without a mark', () => {
    const text = 'epoch,loss,accuracy\n1,0.5,0.8\n2,0.25,0.9\n';
    const bytes = Uint8Array.from([...text].flatMap((letter) => [letter.charCodeAt(0), 0]));
    expect(read(bytes)).toEqual(NO_VALIDATION);
  });

  const lists = {
    loss: [0.5, 0.25],
    accuracy: [0.8, 0.9],
    val_loss: [0.4, 0.3],
    val_accuracy: [0.85, 0.875],
  };
  const rows = [
    { loss: 0.5, accuracy: 0.8, val_loss: 0.4, val_accuracy: 0.85 },
    { loss: 0.25, accuracy: 0.9, val_loss: 0.3, val_accuracy: 0.875 },
  ];
  const columns = Object.fromEntries(
    Object.entries(lists).map(([name, [a, b]]) => [name, { '0': a, '1': b }]),
  );
  it.each([
    ['h.history', lists],
    ['the whole history', { params: { epochs: 2 }, epoch: [0, 1], history: lists }],
    ['R’s metrics', { params: { epochs: 2 }, metrics: lists }],
    ['a text of JSON in JSON', JSON.stringify(lists)],
    ['a history in a history', { history: { history: lists } }],
    ['a list of one training', [lists]],
    [
      'training and validation apart',
      {
        train: { loss: [0.5, 0.25], acc: [80, 90] },
        val: { loss: [0.4, 0.3], acc: [85, 87.5] },
      },
    ],
    ['pandas: columns', columns],
    ['pandas: records', rows],
    ['pandas: index', { '0': rows[0], '1': rows[1] }],
    [
      'pandas: split',
      { columns: Object.keys(lists), index: [0, 1], data: rows.map((row) => Object.values(row)) },
    ],
    [
      'pandas: table',
      { schema: { fields: [] }, data: rows.map((row, index) => ({ index, ...row })) },
    ],
  ])('reads JSON: %s', (_, value) => {
    expect(read(JSON.stringify(value), 'histories/net.json')).toEqual(RIGHT);
  });

  it('reads JSON a line an epoch, and what Python prints that is no JSON', () => {
    expect(read(rows.map((row) => JSON.stringify(row)).join('\n'), 'net.json')).toEqual(RIGHT);
    const arrays = "{'loss': array([0.5, 0.25]), 'accuracy': array([0.8, 0.9], dtype=float32)}";
    expect(read(arrays, 'net.txt')).toEqual(NO_VALIDATION);
    const python =
      "{'loss': [np.float64(0.5), 0.25], 'accuracy': [0.8, 0.9], 'val_loss': [nan, 0.3], 'val_accuracy': [None, 0.875]}";
    expect(read(python, 'net.txt')).toEqual(SOME_VALIDATION);
    expect(
      read(
        '{"loss": [0.5, 0.25], "accuracy": [0.8, 0.9], "val_loss": [NaN, 0.3], "val_accuracy": [NaN, 0.875]}',
      ),
    ).toEqual(SOME_VALIDATION);
  });

  it.each([
    ['no columns of it', 'epoch,accuracy,loss\n0,0.8,0.5\n1,0.9,0.25\n', NO_VALIDATION],
    [
      'CSVLogger’s NA',
      'epoch,accuracy,loss,val_accuracy,val_loss\n0,0.8,0.5,NA,NA\n1,0.9,0.25,NA,NA\n',
      NO_VALIDATION,
    ],
    [
      'a loss that overflowed',
      'epoch,accuracy,loss,val_accuracy,val_loss\n0,0.8,0.5,NA,inf\n1,0.9,0.25,NA,-Inf\n',
      NO_VALIDATION,
    ],
    [
      'every second epoch',
      'epoch,accuracy,loss,val_accuracy,val_loss\n0,0.8,0.5,,\n1,0.9,0.25,0.875,0.3\n',
      SOME_VALIDATION,
    ],
  ])('reads a history without validation: %s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each([
    [
      'two trainings, one appended to the other',
      'epoch,accuracy,loss\n0,0.8,0.5\n1,0.9,0.25\n0,0.7,0.6\n1,0.8,0.5\n2,0.9,0.4\n',
      /^history-several: .*the logs of 2 trainings, of 2, 3 epochs/u,
    ],
    [
      'a diverged training',
      'loss,accuracy\n0.5,0.8\nnan,0.1\n',
      /the loss of epoch 2 is no number/u,
    ],
    [
      'a training that overflowed',
      'loss,accuracy\n0.5,0.8\ninf,0.1\n',
      /the loss of epoch 2 is no number/u,
    ],
    ['no accuracy', 'epoch,loss\n0,0.5\n', /^history-unreadable: .*1 values of loss and 0 of acc/u],
    [
      'the names once more and no epochs',
      'loss,accuracy\n0.5,0.8\nloss,accuracy\n0.25,0.9\n',
      /^history-several/,
    ],
    [
      'decimal commas between commas',
      'epoch,loss,accuracy\n1,0,5,0,8\n',
      /row 2 has more cells than there are columns/,
    ],
    [
      'points that a spreadsheet took for thousands',
      'epoch;loss;accuracy\n1;0,5;8853125\n2;0,25;0,9\n',
      /8853125 stands among its accuracies/,
    ],
    ['words', 'loss,accuracy\nlow,high\n', /^history-unreadable: .*"low" is no number/u],
    ['numbers without names', '[[0.5, 0.8], [0.25, 0.9]]', /without the names/u],
    ['lists of two lengths', '{"loss": [1, 2], "accuracy": [1]}', /different lengths \(2, 1\)/u],
    ['one curve twice', 'loss,loss,accuracy\n1,2,3\n', /two columns "loss"/u],
    ['half a file', '{"loss": [0.5, ', /^json-malformed/u],
    ['R’s saveRDS', new Uint8Array([0x1f, 0x8b, 8, 0]), /compressed, as saveRDS/u],
    ['nothing', '', /^history-unreadable/u],
  ])('refuses by name: %s', (_, text, expected) => {
    expect(read(text)).toMatch(expected);
  });
});
