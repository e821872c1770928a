import { describe, expect, it } from 'vitest';
import { readTorchNetworks } from '../../src/code/torch/networks.ts';

/** The layers that code calls, in order: `Conv2d conv1 <-1`. */
function layersOf(...pieces: string[]): string[][] {
  return readTorchNetworks(pieces).map(({ name, layers, notUnderstood }) => [
    name,
    ...(layers === null
      ? [`not understood: ${notUnderstood}`]
      : layers.map(
          ({ className, name: path, options, inbound }) =>
            `${className}${path === '' ? '' : ` ${path}`} ${JSON.stringify(options)} <${inbound.join(',')}`,
        )),
  ]);
}

const net = (init: string, forward: string): string =>
  `import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n\nclass Net(nn.Module):\n    def __init__(self, width=16):\n        super().__init__()\n${init
    .split('\n')
    .map((line) => `        ${line}`)
    .join('\n')}\n\n    def forward(self, x):\n${forward
    .split('\n')
    .map((line) => `        ${line}`)
    .join('\n')}\n`;

describe('networks in code of PyTorch', () => {
  it('follows forward, not the order of __init__', () => {
    const code = net(
      'self.out = nn.Linear(width, 10)\nself.hidden = nn.Linear(28 * 28, width)',
      'x = x.view(-1, 28*28)\nx = F.relu(self.hidden(x))\nreturn F.log_softmax(self.out(x), dim=1)',
    );
    expect(layersOf(code)).toEqual([
      [
        'Net',
        'Reshape {"shape":[784]} <-1',
        'Linear hidden {"in_features":784,"out_features":16} <0',
        'ReLU {} <1',
        'Linear out {"in_features":16,"out_features":10} <2',
        'LogSoftmax {"dim":1} <3',
      ],
    ]);
  });

  it('takes the numbers that an object is made with', () => {
    const code = net(
      'self.fc = nn.Linear(784, width)',
      'return self.fc(torch.flatten(x, start_dim=1))',
    );
    expect(layersOf(code, 'model = Net(width=32).to(device)\n')).toEqual([
      [
        'model',
        'Flatten {"start_dim":1} <-1',
        'Linear fc {"in_features":784,"out_features":32} <0',
      ],
    ]);
  });

  it.each([
    [
      'a loop over a list of widths',
      'layers = []\nn = 784\nfor m in [32, 16]:\n    layers += [nn.Linear(n, m), nn.ReLU()]\n    n = m\nlayers.append(nn.Linear(n, 10))\nself.net = nn.Sequential(*layers)',
      'return self.net(x.flatten(1))',
      [
        'Flatten {"start_dim":1} <-1',
        'Linear net.0 {"in_features":784,"out_features":32} <0',
        'ReLU net.1 {} <1',
        'Linear net.2 {"in_features":32,"out_features":16} <2',
        'ReLU net.3 {} <3',
        'Linear net.4 {"in_features":16,"out_features":10} <4',
      ],
    ],
    [
      'a ModuleList that forward goes through',
      'self.convs = nn.ModuleList([nn.Conv2d(1 if i == 0 else 4, 4, 3, padding=1) for i in range(2)])',
      'for i, conv in enumerate(self.convs):\n    x = torch.relu(conv(x))\nreturn x.mean(dim=(2, 3))',
      [
        'Conv2d convs.0 {"in_channels":1,"out_channels":4,"kernel_size":3,"padding":1} <-1',
        'ReLU {} <0',
        'Conv2d convs.1 {"in_channels":4,"out_channels":4,"kernel_size":3,"padding":1} <1',
        'ReLU {} <2',
        'AdaptiveAvgPool2d {"output_size":1} <3',
        'Flatten {} <4',
      ],
    ],
    [
      'a condition that is known',
      'self.fc = nn.Linear(784, 10)\nself.drop = nn.Dropout(0.3) if width > 8 else None',
      'x = x.reshape(x.size(0), -1)\nif self.training:\n    x = self.drop(x)\nif self.drop is not None:\n    x = self.drop(x)\nreturn self.fc(x)',
      [
        'Reshape {"shape":[-1]} <-1',
        'Dropout drop {"p":0.3} <0',
        'Linear fc {"in_features":784,"out_features":10} <1',
      ],
    ],
    [
      'a sum of branches and an OrderedDict',
      "from collections import OrderedDict\nself.a = nn.Sequential(OrderedDict([('conv', nn.Conv2d(1, 2, 3, padding='same')), ('act', nn.Tanh())]))\nself.b = nn.Conv2d(1, 2, 1, bias=False)",
      'y = self.a(x)\ny += self.b(x)\nreturn torch.cat([y, y], dim=1)',
      [
        'Conv2d a.conv {"in_channels":1,"out_channels":2,"kernel_size":3,"padding":"same"} <-1',
        'Tanh a.act {} <0',
        'Conv2d b {"in_channels":1,"out_channels":2,"kernel_size":1,"bias":false} <-1',
        'Add {} <1,2',
        'Concatenate {} <3,3',
      ],
    ],
    [
      'pooling by functions and by modules, used twice',
      'self.pool = nn.MaxPool2d(2, 2)\nself.conv = nn.Conv2d(1, 4, (3, 3), stride=(1, 1))',
      'x = self.pool(F.relu(self.conv(x)))\nx = self.pool(x)\nx = F.avg_pool2d(x, 2, stride=1)\nx = F.dropout(x, p=0.5, training=self.training)\nprint(x.shape)\nreturn x.view(x.shape[0], 100)',
      [
        'Conv2d conv {"in_channels":1,"out_channels":4,"kernel_size":[3,3],"stride":[1,1]} <-1',
        'ReLU {} <0',
        'MaxPool2d pool {"kernel_size":2,"stride":2} <1',
        'MaxPool2d pool {"kernel_size":2,"stride":2} <2',
        'AvgPool2d {"kernel_size":2,"stride":1} <3',
        'Dropout {"p":0.5} <4',
        'Reshape {"shape":[100]} <5',
      ],
    ],
  ])('%s', (_, init, forward, layers) => {
    expect(layersOf(net(init, forward))).toEqual([['Net', ...layers]]);
  });

  it('follows classes in classes, and a cell that uses what an earlier one defines', () => {
    const block =
      'class Block(nn.Module):\n    def __init__(self, channels):\n        super(Block, self).__init__()\n        self.conv = nn.Conv2d(channels, channels, 3, padding=1)\n    def forward(self, x):\n        return F.relu(x + self.conv(x))\n';
    const code = net('self.blocks = nn.Sequential(Block(1), Block(1))', 'return self.blocks(x)');
    expect(layersOf(block, code, 'net = Net()\nnet.eval()')).toEqual([
      [
        'net',
        'Conv2d blocks.0.conv {"in_channels":1,"out_channels":1,"kernel_size":3,"padding":1} <-1',
        'Add {} <-1,0',
        'ReLU {} <1',
        'Conv2d blocks.1.conv {"in_channels":1,"out_channels":1,"kernel_size":3,"padding":1} <2',
        'Add {} <2,3',
        'ReLU {} <4',
      ],
      ['Block', expect.stringContaining('not understood')],
    ]);
  });

  it.each([
    [
      'a function that nobody knows',
      'self.fc = nn.Linear(784, 10)',
      'return self.fc(mystery(x))',
      'the call of mystery',
    ],
    [
      'an input that is turned round',
      'self.fc = nn.Linear(784, 10)',
      'return self.fc(x.transpose(1, 2))',
      'the function transpose',
    ],
    [
      'a condition on the values',
      'self.fc = nn.Linear(784, 10)',
      'if x.max() > 1:\n    x = x\nreturn self.fc(x)',
      'the function max',
    ],
    [
      'a width that is not known',
      'self.fc = nn.Linear(784, args.width)',
      'return self.fc(x)',
      'an option of a layer that is not known',
    ],
    [
      'two outputs',
      'self.fc = nn.Linear(784, 10)',
      'y = self.fc(x)\nreturn y, x',
      'a network that gives back something else than the output of its last layer',
    ],
    [
      'a while loop',
      'self.fc = nn.Linear(784, 10)',
      'while True:\n    x = self.fc(x)\nreturn x',
      'a while loop',
    ],
    [
      'itself',
      'self.fc = nn.Linear(784, 10)',
      'return self(x)',
      'calls that call one another too deeply',
    ],
    [
      'a difference of outputs',
      'self.fc = nn.Linear(784, 10)',
      'return self.fc(x) - x',
      'outputs of layers that are joined by -',
    ],
  ])('does not guess: %s', (_, init, forward, why) => {
    expect(layersOf(net(init, forward))).toEqual([['Net', `not understood: ${why}`]]);
  });

  it('ends on code that is made to be long', () => {
    const bomb = net(
      'x = [nn.ReLU()]\nfor i in range(500):\n    for j in range(500):\n        for k in range(500):\n            x = x + x\nself.a = nn.Sequential(*x)',
      'return self.a(x)',
    );
    expect(layersOf(bomb)).toEqual([['Net', 'not understood: code that is too long']]);
    const doubled = net(
      'x = [nn.ReLU()]\nfor i in range(60):\n    x = x + x\nself.a = nn.Sequential(*x)',
      'return self.a(x)',
    );
    expect(layersOf(doubled)).toEqual([
      ['Net', 'not understood: a part of a container that is not known'],
    ]);
  });
});
