import { describe, expect, it } from 'vitest';
import { Effort } from '../../src/code/effort.ts';
import { parsePython } from '../../src/code/python/parse-python.ts';
import { CodeReader, readKerasCode } from '../../src/code/code-reader.ts';

/** Every statement, as text, so that programs can be compared. */
function statements(code: string): string[] {
  const { statements: all } = parsePython(code, new Effort(1_000_000));
  return all.map((statement) => JSON.stringify(statement));
}

const AROUND = ['n = 256', 'def f(a):\n    b = g(a)\n    return b', 'model.fit(x, y, epochs=n)'];

describe('around what is no Python', () => {
  it.each([
    ['a command for the notebook', '%matplotlib inline'],
    ['a command for the shell', "!pip install keras # it's (new"],
    ['a command over two lines', '!pip install keras \\\n  tensorflow ('],
    ['a command that gives a value', "files = !ls ('data'"],
    ['a question', '?model.fit'],
    ['a question behind', 'model.fit?'],
    ['a print of Python 2', "print 'accuracy', score[1]"],
    ['a print into a file of Python 2', "print >>log, 'accuracy'"],
    ['exec of Python 2', "exec 'x = 1' in scope"],
    ['an exception of Python 2', 'try:\n    f(1)\nexcept ValueError, error:\n    g(2)'],
    ['prose', 'Then we train the model (again).'],
    ['a line of a log', 'Epoch 1/10\n60000/60000 [====>....] - 3s 5us/step - loss: 0.25'],
    ['an open call', "model.add(Dense(10, activation='softmax')"],
    [
      'an open call over two lines',
      'model.compile(\n    optimizer="adam",\n    metrics=["accuracy"]',
    ],
    ['an open list', 'layers = [Dense(1), Dense(2)'],
    ['an open dictionary', "config = {'a': 1, 'b': [2}"],
    ['a bracket too many', 'model.add(Dense(10)))'],
    ['a bracket of another kind', 'model.add(Dense(10]'],
    ['a missing comma', 'model.fit(x, y, epochs=5 verbose=1)'],
    ['another missing comma', "model.compile(optimizer='adam' loss='mse')"],
    ['nothing behind the sign', 'accuracy ='],
    ['nothing behind the operator', 'accuracy = 1 -'],
    ['a string that is open', "name = 'unfinished"],
    ['a string over many lines that is open', 'text = """unfinished (\nand more'],
    ['a header without a colon', 'for i in range(3)\n    h(i)'],
    ['a function without a colon', 'def build(n)\n    return h(n)'],
    ['a function without its bracket', 'def build(n:\n    return h(n)'],
    ['a function without a body', 'def build(n):'],
    ['a wrong condition', 'if n = 3:\n    h(n)'],
    ['else if', 'if n:\n    h(n)\nelse if m:\n    h(m)'],
    ['a wrong step inwards', '    h(n)'],
    ['a wrong step outwards', 'if n:\n        h(n)\n    h(m)\n  h(k)'],
    ['tabs and spaces', 'if n:\n\th(n)\n        h(m)'],
    ['an unknown sign', 'a $ b'],
    ['a conflict', '<<<<<<< HEAD\nh(n)\n=======\nh(m)\n>>>>>>> main'],
    ['an assignment to a call', 'f(x) = 3'],
    ['a keyword for a name', 'class = 3'],
  ])('everything is read: %s', (_, broken) => {
    const [first = '', second = '', third = ''] = AROUND;
    const [n, f, fit] = statements(AROUND.join('\n'));
    expect(statements([broken, first, second, third].join('\n'))).toEqual(
      expect.arrayContaining([n, f, fit]),
    );
    expect(statements([first, broken, second, third].join('\n'))).toEqual(
      expect.arrayContaining([n, f, fit]),
    );
    expect(statements([second, first, broken].join('\n'))).toEqual(expect.arrayContaining([n, f]));
    // Inside of a function, too.
    const inner = broken.replaceAll(/^/gmu, '    ');
    const [outer = ''] = statements(`def build():\n    a = 1\n${inner}\n    c = h(a)\nend = 1`);
    expect(outer).toContain('"kind":"define","name":"build"');
    expect(outer).toContain(statements('a = 1')[0]);
    expect(outer).toContain(statements('c = h(a)')[0]);
    expect(statements(`def build():\n    a = 1\n${inner}\n    c = h(a)\nend = 1`)).toContain(
      statements('end = 1')[0],
    );
  });

  /** One sign too few or too many, everywhere. */
  it('whatever sign is lost or put in', () => {
    const program = [
      "model.add(Dense(n, activation='relu', input_shape=(784,)))",
      'for i in range(3):\n    x = h(i)\n    y = [i, 2]',
      "if n > 3:\n    k = {'a': 1}\nelse:\n    k = f(1)",
      'class A(B):\n    def m(self, x=1.):\n        return x',
      "with open('a') as log:\n    t = log.read()",
    ];
    const whole = program.map((part) => statements(part));
    const after = ['result = 1', 'last(result)'];
    for (const [place, part] of program.entries()) {
      const others = whole.flatMap((read, index) => (index === place ? [] : read));
      for (let at = 0; at < part.length; at += 1) {
        const start = part.slice(0, at);
        const end = part.slice(at);
        for (const damaged of [
          start + end.slice(1),
          ...[')', ']', '}', "'", '"', ' = ', ' 1 ', ':', '$'].map((sign) => start + sign + end),
        ]) {
          const code = program.with(place, damaged).concat(after).join('\n');
          expect(statements(code), code).toEqual(
            expect.arrayContaining([...others, ...after.flatMap(statements)]),
          );
        }
      }
    }
  });

  it('reads a statement with quotes as Word sets them', () => {
    expect(statements('model.compile(loss=‘mse’, optimizer=“adam”)')).toEqual(
      statements('model.compile(loss=\'mse\', optimizer="adam")'),
    );
    // In a string they belong there.
    expect(statements("print('the “best” one')")[0]).toContain('the “best” one');
  });

  it('takes off the prompts of consoles', () => {
    const code = statements('m = f(\n  1)\nif a:\n    b()');
    expect(statements('>>> m = f(\n...   1)\n>>> if a:\n...     b()\n... ')).toEqual(code);
    expect(statements('In [1]: m = f(\n   ...:   1)\n\nIn [12]: if a:\n   ...:     b()')).toEqual(
      code,
    );
  });

  it('reads the Python of cells with commands, and no other language', () => {
    expect(statements('%%time\nmodel.fit(x)')).toEqual(statements('model.fit(x)'));
    expect(statements('%time model.fit(x)')).toEqual(statements('model.fit(x)'));
    expect(statements('%%bash\nmodel.fit(x)')).toEqual([]);
    expect(statements('if colab:\n    !pip install x\nelse:\n    h()')).toEqual(
      statements('if colab:\n    pass\nelse:\n    h()'),
    );
  });

  it('reads text with foreign spaces and line ends', () => {
    expect(statements('\uFEFFif a:\r\n\u00A0\u00A0b(1,\u2003\u200B2)\r\n\fc()')).toEqual(
      statements('if a:\n  b(1, 2)\nc()'),
    );
  });
});

describe('a network in broken code', () => {
  it('has a hole where a layer is not sure, and only there', () => {
    const lines = [
      'm = Sequential()',
      "m.add(Dense(256, activation='relu', input_shape=(784,)))",
      "m.add(Dense(10, activation='softmax'))",
      "m.compile(optimizer='adam', loss='mse')",
    ];
    const broken = (line: number, text: string): string => lines.with(line, text).join('\n');
    expect(readKerasCode(broken(0, '%time m = Sequential()'), 'python')[0]?.model).not.toBeNull();
    for (const [line, text] of [
      [1, "m.add(Dense(256, activation='relu', input_shape=(784,))"],
      [1, "m.add(Dense(256 activation='relu', input_shape=(784,)))"],
      [2, "m.add(Dense(10, activation='softmax')"],
      [2, 'm.add(Dense(10, , )'],
      [0, 'm = Sequential([Dense(3) Dense(4)])'],
      [0, 'm = Sequential([Dense(3), Dense(4)'],
    ] as const) {
      const [model] = readKerasCode(broken(line, text), 'python');
      expect(model, text).toMatchObject({
        model: null,
        optimizer: { className: 'Adam' },
        loss: 'mean_squared_error',
      });
      expect(model?.notUnderstood, text).not.toEqual([]);
    }
  });

  it('is found in the next cell all the same', () => {
    const reader = new CodeReader();
    expect(reader.read('import keras\nn = (10\nwidth = 32', 'python')).toEqual([]);
    expect(
      reader.read('m = Sequential([Dense(width, input_shape=(4,))])', 'python')[0]?.model,
    ).toEqual({
      name: 'm',
      layers: [{ class_name: 'Dense', config: { units: 32, batch_input_shape: [null, 4] } }],
    });
  });
});
