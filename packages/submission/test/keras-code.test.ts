import { planModel } from '@labproof/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CodeModel } from '../src/code/code-model.ts';
import { CodeReader, readKerasCode } from '../src/code/code-reader.ts';

/** A network in one line: `Dense(units=10 activation=softmax) …`, shapes as `×`. */
function layers({ model }: CodeModel): string | null {
  if (model === null) return null;
  return model.layers
    .map(({ class_name: name, config }) => {
      const options = Object.entries(config).map(([option, value]) =>
        option === 'batch_input_shape'
          ? `in=${String(value).slice(1)}`
          : `${option}=${String(value)}`,
      );
      return options.length === 0 ? name : `${name}(${options.toSorted().join(' ')})`;
    })
    .join(' ');
}

function only(code: string, language: string): CodeModel {
  const models = readKerasCode(code, language);
  expect(models).toHaveLength(1);
  return models[0] ?? expect.fail('no model');
}

const MLP = 'Dense(activation=relu in=784 units=256) Dense(activation=softmax units=10)';

describe('Python', () => {
  it.each([
    [
      'a list',
      "m = Sequential([Dense(256, activation='relu', input_shape=(784,)), Dense(10, activation='softmax')])",
    ],
    [
      'add',
      "m = Sequential()\nm.add(Dense(256, activation='relu', input_dim=784))\nm.add(Dense(10, activation='softmax'))",
    ],
    [
      'names for numbers',
      "n = 256\nclasses = 5 * 2\nm = keras.models.Sequential(name='net')\nm.add(layers.Dense(n, 'relu', input_shape=(28 * 28,)))\nm.add(layers.Dense(units=classes, activation=tf.nn.softmax))",
    ],
    [
      'a function of its own',
      "def build(n=128, act='relu'):\n    '''Makes it.'''\n    m = Sequential()\n    m.add(Dense(n, activation=act, input_shape=(784,)))\n    m.add(Dense(10, activation='softmax'))\n    return m\n\nnet = build(n=256)",
    ],
    [
      'functional calls',
      "i = Input(shape=(784,))\nx = Dense(256, activation='relu')(i)\no = Dense(10, activation='softmax')(x)\nm = Model(inputs=i, outputs=o)",
    ],
    [
      'an input layer',
      "m = keras.Sequential([keras.Input(shape=(784,)), layers.Dense(256, activation='relu'), layers.Dense(10, activation='softmax'),])",
    ],
    [
      'a console',
      ">>> m = Sequential([\n...   Dense(256, activation='relu', input_shape=[784]),\n...   Dense(10, activation='softmax')])",
    ],
    [
      'many in a loop',
      "for run in range(10):\n    m = Sequential()\n    m.add(Dense(256, activation='relu', input_shape=(784,)))\n    m.add(Dense(10, activation='softmax'))",
    ],
  ])('reads %s', (_, code) => {
    expect(layers(only(code, 'python'))).toBe(MLP);
  });

  it('reads images, aliases and penalties so that the planner takes them', () => {
    const { model } = only(
      `m = Sequential()
m.add(Convolution2D(32, (3, 3), padding='SAME', activation='relu', input_shape=(32, 32, 3), kernel_initializer='he_normal'))
m.add(Conv2D(filters=64, kernel_size=3, kernel_regularizer=regularizers.l2(1e-4)))
m.add(BatchNormalization())
m.add(MaxPool2D((2, 2))); m.add(Dropout(rate=0.25))
m.add(Flatten())
m.add(Dense(10)); m.add(Activation('softmax'))`,
      'python',
    );
    const plan = planModel(model ?? expect.fail('no network'));
    expect(plan.outputShape).toEqual([10]);
    expect(plan.layers.map(({ className }) => className)).toEqual([
      'Conv2D',
      'Conv2D',
      'BatchNormalization',
      'MaxPooling2D',
      'Dropout',
      'Flatten',
      'Dense',
      'Activation',
    ]);
    expect(model?.layers[1]?.config['kernel_regularizer']).toEqual({
      class_name: 'L2',
      config: { l2: 0.0001 },
    });
  });

  it('reads how it is compiled and trained', () => {
    const { optimizer, loss, fromLogits, metrics, fits, notUnderstood } = only(
      `epochs = 12
m = Sequential([Dense(10, input_shape=(784,))])
m.compile(loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
          optimizer=keras.optimizers.SGD(lr=0.01, momentum=.9, nesterov=True), metrics=['accuracy'])
history = m.fit(x_train, y_train, batch_size=128, epochs=epochs, verbose=1, validation_data=(x_test, y_test))
m.fit(x_train, y_train, 32, 3, validation_split=0.2, shuffle=False)`,
      'python',
    );
    expect(optimizer).toEqual({
      className: 'SGD',
      options: { learning_rate: 0.01, momentum: 0.9, nesterov: true },
    });
    expect([loss, fromLogits, metrics]).toEqual([
      'sparse_categorical_crossentropy',
      true,
      ['accuracy'],
    ]);
    expect(fits).toEqual([
      { batchSize: 128, epochs: 12, validationSplit: null, validationData: true, shuffle: null },
      { batchSize: 32, epochs: 3, validationSplit: 0.2, validationData: false, shuffle: false },
    ]);
    expect(notUnderstood).toEqual([]);
  });

  it('keeps a network through the pieces of a document', () => {
    const reader = new CodeReader();
    expect(
      reader.read('m = Sequential([Dense(10, input_shape=(784,))])', 'python')[0]?.loss,
    ).toBeNull();
    expect(reader.read("m.compile('adam', 'mse')", 'python')[0]).toMatchObject({
      name: 'm',
      optimizer: { className: 'Adam', options: {} },
      loss: 'mean_squared_error',
    });
    expect(reader.read('print(m.evaluate(x_test, y_test))', 'python')).toEqual([]);
  });

  it.each([
    [
      'a function that takes any number of layers',
      "def build(*layers): return Sequential(layers)\nm = build(Dense(256, activation='relu', input_shape=(784,)), Dense(10, activation='softmax'))",
    ],
    [
      'a lambda',
      "head = lambda n: Dense(n, activation='softmax')\nm = Sequential([Dense(256, activation='relu', input_shape=(784,)), head(10)])",
    ],
    [
      'an assignment within',
      "m = Sequential([Dense((n := 256), activation='relu', input_shape=(784,)), Dense(10, activation='softmax')])",
    ],
    [
      'a method with the name of a function',
      "def build(): return Sequential([Dense(256, activation='relu', input_shape=(784,)), Dense(10, activation='softmax')])\nclass Other:\n  def build(): return Sequential([Dense(1)])\nm = build()",
    ],
    [
      'numbers that end with a point',
      "m = Sequential([Dense(512. / 2., activation='relu', input_shape=(784,)), Dense(10, activation='softmax')])",
    ],
  ])('reads what it once read as something else: %s', (_, code) => {
    expect(layers(readKerasCode(code, 'python').at(-1) ?? expect.fail('no model'))).toBe(MLP);
  });

  it('takes no part of a thing for the whole', () => {
    for (const [code, what] of [
      ['def build(a, b): return Sequential([Dense(a)])\nm = build(*[3, 4])', 'units of Dense'],
      ['m = Sequential([Dense(sizes[0, 1])])', 'units of Dense'],
      ['m = Sequential([Dense(TRUE)])', 'units of Dense'],
      ['m = Sequential([Dense({3})])', 'units of Dense'],
      ["m = Sequential([Dense({'a': 1, **b})])", 'units of Dense'],
      ['m = Sequential([Dense(1j)])', 'units of Dense'],
      ['m = Sequential([Dense(0777)])', 'units of Dense'],
      ["m = Sequential([Dense(3, f'{kind}')])", 'activation of Dense'],
    ] as const) {
      const model = only(code, 'python');
      expect(model.model, code).toBeNull();
      expect(model.notUnderstood, code).toContain(what);
    }
  });

  it('reads a call with dots in it', () => {
    const { fits } = only(
      'm = Sequential([Dense(1)])\nm.fit(x, y, epochs=20, callbacks=..., validation_data=...)',
      'python',
    );
    expect(fits).toMatchObject([{ epochs: 20, validationData: true }]);
  });

  it.each([
    [
      'layers added in a loop',
      'm = Sequential()\nfor i in range(3):\n    m.add(Dense(10))',
      'layers that are added in a loop',
    ],
    ['sizes from elsewhere', 'm = Sequential([Dense(args.units)])', 'units of Dense'],
    ['layers of its own', 'm = Sequential([MyLayer(3), Dense(10)])', 'layer 1'],
    ['lists that are computed', 'm = Sequential([Dense(n) for n in sizes])', 'layer 1'],
    [
      'branches',
      'i = Input((784,))\na = Dense(3)(i)\nm = Model(i, add([a, a]))',
      'what the network puts out',
    ],
    [
      'a call that is cut off',
      'm = Sequential()\nm.add(Dense(10, activation=\nprint(1)',
      'a call whose bracket is never closed',
    ],
  ])('leaves a hole for %s', (_, code, what) => {
    const model = only(code, 'python');
    expect(model.model).toBeNull();
    expect(model.notUnderstood).toContain(what);
  });

  it('takes nothing else for a network', () => {
    for (const code of [
      'scaler = StandardScaler()\nscaler.fit(x_train)',
      "model = load_model('secret.h5')",
      'names = []\nnames.add(1)',
      '# model = Sequential([Dense(10)])',
      '"""\nmodel = Sequential([Dense(10)])\n"""',
    ]) {
      expect(readKerasCode(code, 'python')).toEqual([]);
    }
  });
});

describe('R', () => {
  it.each([
    [
      'pipes',
      "m <- keras_model_sequential()\nm %>%\n  layer_dense(units = 256, activation = 'relu', input_shape = c(784)) %>%\n  layer_dense(units = 10, activation = 'softmax')\nsummary(m)",
    ],
    [
      'the new pipe and whole numbers',
      'm = keras_model_sequential(input_shape = 784L) |>\n  layer_dense(256L, "relu") |>\n  layer_dense(10L, "softmax")',
    ],
    [
      'calls without pipes',
      'keras_model_sequential() -> m\nlayer_dense(m, units = 256, activation = "relu", input_shape = 784)\nlayer_dense(m, units = 10, activation = "softmax")',
    ],
    [
      'a list of layers',
      'm <- keras_model_sequential(list(layer_dense(units = 256, activation = "relu", input_shape = 784), layer_dense(units = 10, activation = "softmax")))',
    ],
    [
      'functional calls',
      'i <- layer_input(shape = c(784))\no <- i %>% layer_dense(256, activation = "relu") %>% layer_dense(10, activation = "softmax")\nm <- keras_model(inputs = i, outputs = o)',
    ],
    [
      'a function of its own',
      'build <- function(n = 100) {\n  keras_model_sequential() %>%\n    layer_dense(units = n, activation = "relu", input_shape = 784) %>%\n    layer_dense(units = 10, activation = "softmax")\n}\nm <- build(256)',
    ],
    [
      'arguments by name before others',
      'build <- function(act, n) {\n  keras_model_sequential() %>% layer_dense(n, activation = act, input_shape = 784) %>% layer_dense(10, activation = "softmax")\n}\nm <- build(n = 256, "relu")',
    ],
    [
      'quotes as Word sets them',
      'm <- keras_model_sequential() %>% layer_dense(256, activation = “relu”, input_shape = 784) %>% layer_dense(10, activation = ‘softmax’)',
    ],
    [
      'a console',
      '> m <- keras_model_sequential() %>%\n+   layer_dense(256, activation = "relu", input_shape = 784) %>%\n+   layer_dense(10, activation = "softmax")',
    ],
  ])('reads %s', (_, code) => {
    expect(layers(only(code, 'r'))).toBe(MLP);
  });

  it('reads a network of convolutions, its recipe, and both kinds of validation at once', () => {
    const { model, optimizer, loss, fits } = only(
      `m <- keras_model_sequential() %>%
  layer_conv_2d(filters = 32, kernel_size = c(3,3), padding = 'same', activation = 'relu', input_shape = c(32, 32, 3)) %>%
  layer_conv_2d(32, 3, activation = 'relu') %>%
  layer_max_pooling_2d(pool_size = c(2,2)) %>%
  layer_dropout(rate = 0.25) %>%
  layer_flatten() %>%
  layer_dense(units = 512, activation = 'relu') %>% layer_dropout(0.5) %>% # the end
  layer_dense(units = 10, activation = 'softmax')
m %>% compile(loss = 'categorical_crossentropy', optimizer = optimizer_rmsprop(lr = 0.0001, decay = 1e-6), metrics = c('accuracy'))
h <- m %>% fit(x, y, batch_size =32, epochs = 20, validation_data = list(x_test, y_test), validation_split = 0.2, shuffle = TRUE)`,
      'r',
    );
    expect(planModel(model ?? expect.fail('no network')).parameters).toBe(
      896 + 9248 + (15 * 15 * 32 + 1) * 512 + 5130,
    );
    expect(optimizer).toEqual({
      className: 'RMSprop',
      options: { learning_rate: 0.0001, decay: 0.000001 },
    });
    expect(loss).toBe('categorical_crossentropy');
    expect(fits).toEqual([
      { batchSize: 32, epochs: 20, validationSplit: 0.2, validationData: true, shuffle: true },
    ]);
  });

  it('reads on where a bracket got lost between two pages', () => {
    const [model] = readKerasCode(
      "m <- keras_model_sequential()\nm %>% layer_dense(10, input_shape = 4)\nm %>% compile(\n loss = 'mse',\n optimizer = optimizer_adam(),\n metrics = c('accuracy')\nhistory <- m %>% fit(\n x, y, batch_size =128,\n epochs = 12)",
      'r',
    );
    expect(model).toMatchObject({
      loss: 'mean_squared_error',
      fits: [{ batchSize: 128, epochs: 12 }],
    });
  });

  it('is found without being named', () => {
    expect(
      layers(only('m <- keras_model_sequential() %>% layer_dense(3, input_shape = 2)', '')),
    ).toBe('Dense(in=2 units=3)');
    expect(layers(only('from keras import *\nm = Sequential([Dense(3, input_dim=2)])', ''))).toBe(
      'Dense(in=2 units=3)',
    );
    expect(readKerasCode('Sorting mail <b>fast</b>', '')).toEqual([]);
  });
});

describe('any text', () => {
  const pieces = fc.constantFrom(
    'Sequential(',
    'm = ',
    'm.add(',
    'Dense(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '(',
    ',',
    '=',
    '<-',
    '%>%',
    '|>',
    '\n',
    '    ',
    'def f(x):',
    'for i in',
    'function(',
    'return',
    'if',
    ':',
    "'",
    '"',
    '"""',
    '#',
    '10',
    '1e-4',
    '-',
    '**',
    '.',
    '$',
    'layer_dense(',
    'keras_model_sequential()',
    'lambda',
    '\\',
    '`',
    'm',
    'f(m)',
    'fit(epochs=3',
    '__proto__',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join('')),
    fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join(' ')),
  );
  it('is read without an error', () => {
    fc.assert(
      fc.property(text, fc.constantFrom('python', 'r', ''), (code, language) => {
        for (const { name, notUnderstood } of readKerasCode(code, language)) {
          expect(name.length).toBeLessThanOrEqual(80);
          expect(notUnderstood.length).toBeLessThanOrEqual(20);
        }
      }),
      { numRuns: 500 },
    );
  });
  it.each([
    ['brackets', '('.repeat(100_000)],
    ['lists in lists', '['.repeat(50_000) + ']'.repeat(50_000)],
    ['braces', 'f <- function() '.concat('{'.repeat(50_000))],
    ['strings that never end', '"""'.repeat(50_001)],
    ['escapes', `x = "${'\\\\'.repeat(100_000)}`],
    ['pipes', `m ${'%>% layer_dense(3) '.repeat(20_000)}`],
    ['minus signs', `x = ${'-'.repeat(100_000)}1`],
    [
      'functions that call each other',
      Array.from({ length: 40 }, (_, i) => `def f${i + 1}():\n  f${i}()\n  return f${i}()\n`)
        .join('')
        .concat('x = f40()'),
    ],
    ['a function that calls itself', 'def f():\n  return f()\nm = f()'],
    ['blocks in blocks', Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}if x:\n`).join('')],
  ])('ends for %s', (_, code) => {
    for (const language of ['python', 'r'])
      expect(readKerasCode(code, language)).toEqual(expect.any(Array));
  });
});
