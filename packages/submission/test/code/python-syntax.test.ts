import { describe, expect, it } from 'vitest';
import { Effort } from '../../src/code/effort.ts';
import { parsePython } from '../../src/code/python/parse-python.ts';
import type { Expression, Statement } from '../../src/code/syntax.ts';

function read(code: string): readonly Statement[] {
  const { statements, isWhole } = parsePython(code, new Effort(1_000_000));
  expect(isWhole).toBe(true);
  return statements;
}

/** An expression in one line, with every operation in brackets. */
function shown(expression: Expression | null): string {
  if (expression === null) return '';
  switch (expression.kind) {
    case 'literal':
      return JSON.stringify(expression.value);
    case 'name':
      return expression.name;
    case 'member':
      return `${shown(expression.object)}.${expression.name}`;
    case 'call':
      return `${shown(expression.callee)}(${expression.args
        .map(({ name, value, spread }) => `${spread ? '*' : ''}${name ?? ''}:${shown(value)}`)
        .join(', ')})`;
    case 'list':
      return `${expression.form}[${expression.items.map(shown).join(', ')}]`;
    case 'dict':
      return `{${expression.entries.map(({ key, value }) => `${shown(key)}=${shown(value)}`).join(', ')}}`;
    case 'index':
      return `${shown(expression.object)}[${shown(expression.index)}]`;
    case 'slice':
      return expression.bounds.map(shown).join(':');
    case 'binary':
      return `(${shown(expression.left)} ${expression.operator} ${shown(expression.right)})`;
    case 'negative':
      return `(-${shown(expression.operand)})`;
    case 'not':
      return `(not ${shown(expression.operand)})`;
    case 'conditional':
      return `(${shown(expression.condition)} ? ${shown(expression.value)} : ${shown(expression.otherwise)})`;
    case 'format':
      return `f[${expression.parts
        .map((part) => (typeof part === 'string' ? JSON.stringify(part) : shown(part)))
        .join(', ')}]`;
    case 'comprehension':
      return `${expression.form}<${shown(expression.item)}${expression.clauses
        .map((clause) =>
          clause.kind === 'if'
            ? ` if ${shown(clause.condition)}`
            : ` for ${shown(clause.target)} in ${shown(clause.iterable)}`,
        )
        .join('')}>`;
    case 'named':
      return `(${shown(expression.target)} := ${shown(expression.value)})`;
    case 'await':
      return `await ${shown(expression.value)}`;
    case 'spread':
      return `*${shown(expression.value)}`;
    case 'function':
      return `(${expression.parameters.map(({ name }) => name).join(', ')} => …)`;
    case 'block':
      return '{…}';
    case 'unknown':
      return '?';
  }
}

describe('an expression of Python', () => {
  it.each([
    ['1_000 + 0x1F * 2 ** -3', '(1000 + (31 * (2 ** (-3))))'],
    ['1./255 + .5 + 1.e-3 + 5.', '((((1 / 255) + 0.5) + 0.001) + 5)'],
    ['-x ** 2', '(-(x ** 2))'],
    ['not a and b or not c == d', '(((not a) and b) or (not (c == d)))'],
    ['a and not b or c', '((a and (not b)) or c)'],
    ['a not in b is not c', '((a not in b) is not c)'],
    ['1j + 10 ** 400 + 0o17', '((? + (10 ** 400)) + 15)'],
    [`'a\\tb\\'c\\x41\\u00e9' r'\\d' "e"`, String.raw`"a\tb'cAé\\de"`],
    [`f'{model}-{epoch:02d}{{}}' 'x'`, 'f[model, "-", epoch, "{}", "x"]'],
    [`'''a\nb'''`, String.raw`"a\nb"`],
    ['(784,) + (28) + ()', '((tuple[784] + 28) + tuple[])'],
    ['[1, *a, (b, c)]', 'list[1, *a, tuple[b, c]]'],
    ["{'a': 1, **b, c: {1, 2}}", '{"a"=1, =b, c=set[1, 2]}'],
    ['f(1, *a, b=2, **c)(d)', 'f(:1, *:a, b:2, *:c)(:d)'],
    ['x[0], x[1:], x[:, -1], x[::2]', 'tuple[x[0], x[1:], x[tuple[:, (-1)]], x[::2]]'],
    ['a if b else c if d else e', '(b ? a : (d ? c : e))'],
    ['[x * 2 for x, y in z if x if y]', 'list<(x * 2) for tuple[x, y] in z if x if y>'],
    ['{k: v for k in a for v in k}', 'dict<tuple[k, v] for k in a for v in k>'],
    ['sum(x for x in y)', 'sum(:generator<x for x in y>)'],
    ['lambda x, y=2: x + y', '(x, y => …)'],
    ['(n := 10) + await f()', '((n := 10) + await f())'],
    [
      'nn.Sequential(nn.Linear(784, 10)).to(device)',
      'nn.Sequential(:nn.Linear(:784, :10)).to(:device)',
    ],
    ['None, True, False, ...', 'tuple[null, true, false, ?]'],
  ])('%s', (code, expected) => {
    const [statement] = read(code);
    expect(statement?.kind === 'expression' ? shown(statement.value) : statement).toBe(expected);
  });
});

describe('a program of Python', () => {
  it('carries classes, methods and decorators', () => {
    const [imported, net] = read(`import torch.nn as nn
@register('net')
class Net(nn.Module, metaclass=Meta):
    """A network."""
    def __init__(self, width=32, *rest, deep: bool = True, **options) -> None:
        super().__init__()
        self.fc: nn.Linear = nn.Linear(784, width)

    @torch.no_grad()
    def forward(self, x):
        return self.fc(x)`);
    expect(imported).toEqual({
      kind: 'import',
      module: 'torch.nn',
      alias: 'nn',
      names: null,
      torn: false,
    });
    if (net?.kind !== 'class') expect.fail('no class');
    expect(net.name).toBe('Net');
    expect(net.bases.map(({ name, value }) => [name, shown(value)])).toEqual([
      [null, 'nn.Module'],
      ['metaclass', 'Meta'],
    ]);
    expect(net.decorators.map(shown)).toEqual(['register(:"net")']);
    const [, init, forward] = net.body;
    if (init?.kind !== 'define' || forward?.kind !== 'define') expect.fail('no methods');
    expect(
      init.parameters.map(({ name, initial, takes }) => [name, shown(initial), takes]),
    ).toEqual([
      ['self', '', 'one'],
      ['width', '32', 'one'],
      ['rest', '', 'rest'],
      ['deep', 'true', 'one'],
      ['options', '', 'options'],
    ]);
    expect(init.body.map(({ kind }) => kind)).toEqual(['expression', 'assign']);
    expect(forward.decorators.map(shown)).toEqual(['torch.no_grad()']);
    expect(forward.body).toMatchObject([{ kind: 'return', value: { kind: 'call' } }]);
  });

  it('carries loops, conditions and contexts with what they are about', () => {
    const [loop, wait, choice, context, attempt] = read(`for epoch, (x, y) in enumerate(loader):
    loss += step(x)
else:
    done()
while i < 3: i += 1
if a: b()
elif c:
    d()
else:
    e()
with torch.no_grad(), open('log') as log:
    test()
try:
    f()
except (ValueError, TypeError) as error:
    g()
finally:
    h()`);
    expect(loop).toMatchObject({
      kind: 'for',
      body: [{ kind: 'change', operator: '+' }],
      otherwise: [{ kind: 'expression' }],
    });
    if (loop?.kind !== 'for' || wait?.kind !== 'while') expect.fail('no loops');
    expect(shown(loop.target)).toBe('tuple[epoch, tuple[x, y]]');
    expect(shown(loop.iterable)).toBe('enumerate(:loader)');
    expect([shown(wait.condition), wait.body.length]).toEqual(['(i < 3)', 1]);
    if (choice?.kind !== 'if' || context?.kind !== 'with') expect.fail('no condition');
    expect(choice.branches.map(({ condition }) => shown(condition))).toEqual(['a', 'c']);
    expect(choice.otherwise).toHaveLength(1);
    expect(context.items.map(({ value, target }) => [shown(value), shown(target)])).toEqual([
      ['torch.no_grad()', ''],
      ['open(:"log")', 'log'],
    ]);
    expect(attempt?.kind === 'try' ? attempt.parts.map(({ length }) => length) : null).toEqual([
      1, 1, 1,
    ]);
  });

  it('carries assignments and imports in all their forms', () => {
    expect(
      read('a = b, c = 1, 2\nx: int = 3\ny: int\nx[0] -= 1; z = x,').map((statement) =>
        statement.kind === 'assign'
          ? [...statement.targets.map(shown), shown(statement.value)]
          : statement.kind,
      ),
    ).toEqual([['a', 'tuple[b, c]', 'tuple[1, 2]'], ['x', '3'], 'change', ['z', 'tuple[x]']]);
    expect(
      read('import a.b, c as d\nfrom ..e import (f as g,\n  h)\nfrom i import *').map((statement) =>
        statement.kind === 'import'
          ? [statement.module, statement.alias, statement.names?.map(({ name }) => name)]
          : statement,
      ),
    ).toEqual([
      ['a.b', null, undefined],
      ['c', 'd', undefined],
      ['..e', null, ['f', 'h']],
      ['i', null, ['*']],
    ]);
  });

  it('is not taken apart where it is long', () => {
    // The grammar itself breaks statements off when some hundred stand between blank lines.
    const lines = Array.from({ length: 1000 }, (_, index) => `x${index} = f(${index})\n\n# next\n`);
    expect(read(lines.join(''))).toHaveLength(1000);
    const method = lines.map((line) => line.replaceAll(/^(?=.)/gmu, '    ')).join('');
    expect(read(`def main():\n${method}`)).toMatchObject([{ body: { length: 1000 } }]);
  });
});
