import { describe, expect, it } from 'vitest';
import { readTorchTraining } from '../../src/code/torch/training/read-training.ts';

/** The script that PyTorch's examples train MNIST with, cut to what matters. */
const BASIC_EXAMPLE = `
from __future__ import print_function
import argparse
import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim
from torchvision import datasets, transforms
from torch.optim.lr_scheduler import StepLR

class Net(nn.Module):
    def __init__(self):
        super(Net, self).__init__()
        self.fc1 = nn.Linear(784, 10)

    def forward(self, x):
        return F.log_softmax(self.fc1(torch.flatten(x, 1)), dim=1)

def train(args, model, device, train_loader, optimizer, epoch):
    model.train()
    for batch_idx, (data, target) in enumerate(train_loader):
        data, target = data.to(device), target.to(device)
        optimizer.zero_grad()
        output = model(data)
        loss = F.nll_loss(output, target)
        loss.backward()
        optimizer.step()
        if batch_idx % args.log_interval == 0:
            print('Train Epoch: {}'.format(epoch))
            if args.dry_run:
                break

def test(model, device, test_loader):
    model.eval()
    test_loss = 0
    with torch.no_grad():
        for data, target in test_loader:
            output = model(data)
            test_loss += F.nll_loss(output, target, reduction='sum').item()

def main():
    parser = argparse.ArgumentParser(description='PyTorch MNIST Example')
    parser.add_argument('--batch-size', type=int, default=64, metavar='N')
    parser.add_argument('--test-batch-size', type=int, default=1000)
    parser.add_argument('--epochs', type=int, default=14)
    parser.add_argument('--lr', type=float, default=1.0)
    parser.add_argument('--gamma', type=float, default=0.7)
    parser.add_argument('--no-accel', action='store_true')
    parser.add_argument('--dry-run', action='store_true')
    args = parser.parse_args()
    use_accel = not args.no_accel and torch.accelerator.is_available()
    torch.manual_seed(args.seed)
    if use_accel:
        device = torch.accelerator.current_accelerator()
    else:
        device = torch.device("cpu")
    train_kwargs = {'batch_size': args.batch_size}
    test_kwargs = {'batch_size': args.test_batch_size}
    if use_accel:
        accel_kwargs = {'num_workers': 1, 'persistent_workers': True, 'pin_memory': True, 'shuffle': True}
        train_kwargs.update(accel_kwargs)
        test_kwargs.update(accel_kwargs)
    dataset1 = datasets.MNIST('../data', train=True, download=True)
    train_loader = torch.utils.data.DataLoader(dataset1, **train_kwargs)
    test_loader = torch.utils.data.DataLoader(dataset1, **test_kwargs)
    model = Net().to(device)
    optimizer = optim.Adadelta(model.parameters(), lr=args.lr)
    scheduler = StepLR(optimizer, step_size=1, gamma=args.gamma)
    for epoch in range(1, args.epochs + 1):
        train(args, model, device, train_loader, optimizer, epoch)
        test(model, device, test_loader)
        scheduler.step()

if __name__ == '__main__':
    main()
`;

/** A script of one loop in another, with what is told put in. */
const script = (
  change: Readonly<
    Partial<
      Record<'before' | 'epochs' | 'loader' | 'optimizer' | 'loss' | 'step' | 'after', string>
    >
  > = {},
): string => `
import torch
from torch import nn, optim
from torch.utils.data import DataLoader
${change.before ?? ''}
train_loader = ${change.loader ?? 'DataLoader(train_set, batch_size=128, shuffle=True)'}
criterion = ${change.loss ?? 'nn.CrossEntropyLoss()'}
optimizer = ${change.optimizer ?? 'optim.SGD(model.parameters(), lr=0.1, momentum=0.9)'}
for epoch in ${change.epochs ?? 'range(5)'}:
    for images, labels in train_loader:
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        ${change.step ?? 'optimizer.step()'}
${change.after ?? ''}
`;

const read = (change?: Parameters<typeof script>[0]) => readTorchTraining([script(change)]);

describe('the loop of a training in PyTorch', () => {
  it('of the basic MNIST example, with its argparse and its functions', () => {
    expect(readTorchTraining([BASIC_EXAMPLE])).toEqual({
      epochs: 14,
      batchSize: 64,
      shuffle: true,
      optimizer: {
        className: 'Adadelta',
        options: { decay: 0, learning_rate: 1, rho: 0.9, epsilon: 1e-6, weight_decay: 0 },
        written: ['learning_rate'],
      },
      loss: 'categorical_crossentropy',
      labelSmoothing: null,
      schedule: { kind: 'step', everyEpochs: 1, factor: 0.7 },
      notUnderstood: [],
    });
  });

  it('in the usual form', () => {
    expect(read()).toEqual({
      epochs: 5,
      batchSize: 128,
      shuffle: true,
      optimizer: {
        className: 'SGD',
        options: {
          decay: 0,
          learning_rate: 0.1,
          momentum: 0.9,
          dampening: 0,
          weight_decay: 0,
          nesterov: false,
        },
        written: ['learning_rate', 'momentum'],
      },
      loss: 'categorical_crossentropy',
      labelSmoothing: null,
      schedule: null,
      notUnderstood: [],
    });
  });

  it.each([
    ['a constant', { before: 'EPOCHS = 3 * 2', epochs: 'range(EPOCHS)' }, 6],
    ['from one on', { epochs: 'range(1, 11)' }, 10],
    ['a bar of progress', { epochs: 'tqdm(range(4), desc="epochs")' }, 4],
    ['trange', { epochs: 'trange(7)' }, 7],
    ['what is not known', { epochs: 'range(int(input()))' }, null],
    ['a while loop', { epochs: 'iter(lambda: 1, 2)' }, null],
  ])('takes its epochs from %s', (_, change, epochs) => {
    expect(read(change)?.epochs).toBe(epochs);
  });

  it.each([
    ['by place', { loader: 'DataLoader(train_set, 32, True)' }, [32, true]],
    ['by default', { loader: 'DataLoader(train_set)' }, [1, false]],
    [
      'from a constant',
      { before: 'bs = 2 ** 6', loader: 'DataLoader(a, batch_size=bs)' },
      [64, false],
    ],
    ['from options that are not known', { loader: 'DataLoader(a, **options)' }, [null, null]],
    ['in a wrapper', { loader: 'tqdm(enumerate(DataLoader(a, batch_size=8)))' }, [8, false]],
  ])('takes its batches %s', (_, change, [batchSize, shuffle]) => {
    expect(read(change)).toMatchObject({ batchSize, shuffle });
  });

  it('of Lightning', () => {
    const code = `
import lightning as L
import torch
from torch import nn
class Digits(L.LightningModule):
    def __init__(self, lr=0.01):
        super().__init__()
        self.lr = lr
        self.loss = nn.CrossEntropyLoss(label_smoothing=0.1)
    def training_step(self, batch, batch_idx):
        x, y = batch
        return self.loss(self.layers(x), y)
    def configure_optimizers(self):
        return torch.optim.AdamW(self.parameters(), lr=self.lr)
loader = torch.utils.data.DataLoader(train_set, batch_size=50, shuffle=True)
trainer = L.Trainer(max_epochs=3, accelerator="auto")
trainer.fit(Digits(lr=2e-3), loader)
`;
    expect(readTorchTraining([code])).toMatchObject({
      epochs: 3,
      batchSize: 50,
      optimizer: { className: 'AdamW', options: { learning_rate: 0.002, weight_decay: 0.01 } },
      loss: 'categorical_crossentropy',
      labelSmoothing: 0.1,
      notUnderstood: [],
    });
  });

  it.each([
    ['gradients of several batches', { step: 'if i % 4 == 0: optimizer.step()' }, /gathered/u],
    ['a loss with weights', { loss: 'nn.CrossEntropyLoss(weight=w)' }, /weight of CrossEntropy/u],
    ['a sum instead of a mean', { loss: 'nn.CrossEntropyLoss(reduction="sum")' }, /reduction/u],
    ['a loss of their own', { loss: 'FocalLoss()' }, /the loss/u],
    ['another optimiser', { optimizer: 'optim.LBFGS(model.parameters())' }, /LBFGS/u],
    ['groups', { optimizer: 'optim.SGD([{"params": p}], lr=1)' }, /groups/u],
    ['a rate that is not known', { optimizer: 'optim.SGD(p, lr=find_lr())' }, /lr of SGD/u],
    [
      'a choice',
      { before: 'if fast:\n    lr = 1\nelse:\n    lr = 2', optimizer: 'optim.SGD(p, lr=lr)' },
      /lr of SGD/u,
    ],
    [
      'clipped gradients',
      { step: 'nn.utils.clip_grad_norm_(p, 1.0); optimizer.step()' },
      /clipped/u,
    ],
    [
      'a scheduler in the inner loop',
      {
        before: 'pass',
        step: 'optimizer.step(); scheduler.step()',
        loss: 'nn.CrossEntropyLoss()',
        optimizer:
          'optim.SGD(p, lr=1)\nscheduler = optim.lr_scheduler.StepLR(optimizer, step_size=3)',
      },
      /once an epoch/u,
    ],
    ['a dropped batch', { loader: 'DataLoader(a, batch_size=9, drop_last=True)' }, /dropped/u],
  ])('says of %s that it is not understood', (_, change, message) => {
    expect(read(change)?.notUnderstood.join('; ')).toMatch(message);
  });

  it.each([
    ['an optimiser that never steps', 'optimizer = torch.optim.SGD(p, lr=1)'],
    ['no training', 'print("optimizer")'],
    ['hostile nesting', `optim\n${'('.repeat(5000)}`],
    ['a function that calls itself', 'optim\ndef f():\n    f()\nf()'],
  ])('reads nothing from %s', (_, code) => {
    expect(readTorchTraining([code])).toBeNull();
  });

  it('takes two trainings for none that could be repeated', () => {
    const twice = readTorchTraining([script(), script({ epochs: 'range(9)' })]);
    expect(twice?.epochs).toBeNull();
    expect(twice?.notUnderstood).toContain('several trainings');
  });
});
