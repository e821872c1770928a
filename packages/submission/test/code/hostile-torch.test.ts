import { expect, it } from 'vitest';
import { readTorchNetworks } from '../../src/code/torch/networks.ts';

const START = 'import torch.nn as nn\ns = nn.Sequential(nn.Linear(1, 1))\n';
const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('');
const numbers = `a = [${'0, '.repeat(40_000)}]\n`;

/** Programs that ask for more memory or work than their length; each of them once ended the process or never ended. */
const PROGRAMS: Readonly<Record<string, string>> = {
  'texts that double': `a = "x"\n${'a = f"{a}{a}"\n'.repeat(60)}d = {a: 1}\n`,
  'networks that double': `n = nn.Sequential()\n${'n = nn.Sequential(n, n)\n'.repeat(60)}`,
  'a network in itself': 'n = nn.Sequential()\nn.append(n)\n',
  'networks in one another': `n = nn.Sequential()\n${'n = nn.Sequential(n)\n'.repeat(10_000)}`,
  'an empty list very often': 'a = [] * 1000000000000\n',
  'classes that inherit twice': `class C0(nn.Module): pass\n${lines(80, (i) => `class C${i + 1}(C${i}, C${i}): pass\n`)}`,
  'classes in a long line': `class C0(nn.Module): pass\n${lines(12_000, (i) => `class C${i + 1}(C${i}): pass\n`)}`,
  'classes that inherit much': `class A(nn.Module):\n${lines(7000, (i) => ` a${i} = 1\n`)}${lines(12_000, (i) => `class B${i}(A): pass\n`)}`,
  'many objects of much': `class A(nn.Module):\n${lines(7000, (i) => ` a${i} = 1\n`)}${lines(20_000, (i) => `b${i} = A()\n`)}`,
  'slices of a long list': numbers + lines(14_000, (i) => `b${i} = a[0:]\n`),
  'spreads of a long list': numbers + lines(20_000, (i) => `b${i} = [*a]\n`),
  'sums of a long list': numbers + 'a + a\n'.repeat(40_000),
  'searches of a long list': numbers + '1 in a\n'.repeat(30_000),
  'numbered long lists': numbers + lines(10_000, (i) => `b${i} = enumerate(a)\n`),
  'pairs of long lists': numbers + lines(10_000, (i) => `b${i} = zip(a, a)\n`),
  'a list that is long behind a loop': `l = nn.ModuleList()\nfor i in range(500):\n  for j in range(500):\n    l.append(nn.Linear(1, 1))\n${'l[-1]\n'.repeat(20_000)}`,
  'a list in itself': 'a = []\na.append(a)\nn = nn.Sequential(nn.Linear(a, a))\n',
  'functions of many parameters': `def f(${lines(20_000, (i) => `a${i},`)}): pass\nf(${lines(20_000, (i) => `a${i}=1,`)})\n`,
  'names of names of names': `p = nn\n${'p = p.x\np()\n'.repeat(30_000)}`,
  'a forward that calls itself twice':
    'class N(nn.Module):\n  def forward(self, x):\n    return self.forward(self.forward(x))\nn = N()\n',
};

it.each(Object.entries(PROGRAMS))('code for PyTorch ends: %s', (_, program) => {
  // Where the effort ended, the networks are named and not followed.
  expect(readTorchNetworks([START + program])[0]).toMatchObject({ name: 's' });
});

it('passes over a list that would be cut instead of building another network', () => {
  const program = `a = [nn.Linear(1, 1)] * 600\na = a + a\nn = nn.Sequential(*a)\n`;
  const networks = readTorchNetworks([START + program]);
  expect(networks.find(({ name }) => name === 'n')?.layers ?? null).toBeNull();
});
