import { describe, expect, it } from 'vitest';
import { torchCode } from '../../src/models/pytorch/torch-code.ts';
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

/** The usual loop over epochs and batches, with pieces of it as people write them. */
const loop = (
  change: Readonly<Partial<Record<'before' | 'head' | 'items' | 'body' | 'after', string>>>,
): string => `
import torch
from torch import nn
from torch.utils.data import DataLoader
train_loader = DataLoader(train_set, batch_size=64, shuffle=True)
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
${change.before ?? ''}
for epoch in range(5):
    ${change.head ?? ''}${change.head?.startsWith('with') === true ? '    ' : ''}for ${change.items ?? 'i, (x, y) in enumerate(train_loader)'}:
${(
  change.body ??
  `
        optimizer.zero_grad()
        loss = criterion(model(x), y)
        loss.backward()
        optimizer.step()`
)
  .slice(1)
  .replaceAll(/^/gmu, change.head?.startsWith('with') === true ? '    ' : '')}${change.after ?? ''}
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
      takes: 'logits',
      labelSmoothing: null,
      schedule: { kind: 'step', everyEpochs: 1, factor: 0.7 },
      images: { count: 60_000, of: 60_000 },
      keepsBest: false,
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
      takes: 'logits',
      labelSmoothing: null,
      schedule: null,
      images: null,
      keepsBest: false,
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

  /** Loops as people write them, and what is read: epochs, batch size, optimiser and its rate. */
  it.each([
    [
      'enumerate around tqdm',
      loop({ items: '_, (x, y) in enumerate(tqdm(train_loader, leave=False))' }),
      [5, 64, 'Adam', 0.001],
    ],
    [
      'tqdm around enumerate, with a total',
      loop({ items: 'i, (x, y) in tqdm(enumerate(train_loader), total=len(train_loader))' }),
      [5, 64, 'Adam', 0.001],
    ],
    [
      'a bar with a name',
      loop({
        head: 'with tqdm(train_loader, unit="batch") as tepoch:\n    ',
        items: 'x, y in tepoch',
      }),
      [5, 64, 'Adam', 0.001],
    ],
    [
      'a dictionary of settings',
      `
cfg = {"lr": 3e-4, "epochs": 7, "bs": 32}
train_loader = DataLoader(train_set, batch_size=cfg["bs"], shuffle=True)
optimizer = torch.optim.AdamW(model.parameters(), lr=cfg["lr"])
criterion = nn.CrossEntropyLoss()
for epoch in range(cfg["epochs"]):
    for x, y in train_loader:
        optimizer.zero_grad(set_to_none=True)
        loss = criterion(model(x), y)
        loss.backward()
        optimizer.step()
`,
      [7, 32, 'AdamW', 0.0003],
    ],
    [
      'functions with arguments',
      `
def train_one_epoch(model, loader, opt, loss_fn, device="cpu"):
    model.train()
    total = 0.0
    for x, y in loader:
        x, y = x.to(device), y.to(device)
        pred = model(x)
        loss = loss_fn(pred, y)
        opt.zero_grad()
        loss.backward()
        opt.step()
        total += loss.item()
    return total / len(loader)
def fit(epochs, model, opt, train_dl, valid_dl):
    for epoch in range(epochs):
        train_one_epoch(model, train_dl, opt, nn.CrossEntropyLoss())
        model.eval()
        with torch.no_grad():
            for x, y in valid_dl:
                if len(x) == 0:
                    break
train_dl = DataLoader(train_set, batch_size=100, shuffle=True)
fit(4, model, torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9), train_dl, DataLoader(val_set, 500))
`,
      [4, 100, 'SGD', 0.05],
    ],
    [
      'a closure',
      loop({
        body: `
        def closure():
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            return loss
        optimizer.step(closure)`,
      }),
      [5, 64, 'Adam', 0.001],
    ],
    [
      'a class that trains',
      `
class Trainer:
    def __init__(self, model, lr=0.02, epochs=6):
        self.model, self.epochs = model, epochs
        self.opt = torch.optim.Adagrad(model.parameters(), lr=lr)
        self.loss_fn = nn.CrossEntropyLoss()
    def step(self, x, y):
        self.opt.zero_grad()
        loss = self.loss_fn(self.model(x), y)
        loss.backward()
        self.opt.step()
        return loss.item()
    def run(self, loader):
        for epoch in range(1, self.epochs + 1):
            for x, y in loader:
                self.step(x, y)
Trainer(model, lr=0.03).run(DataLoader(train_set, batch_size=16, shuffle=True))
`,
      [6, 16, 'Adagrad', 0.03],
    ],
    [
      'Accelerate',
      loop({
        before: `
accelerator = Accelerator()
model, optimizer, train_loader = accelerator.prepare(model, optimizer, train_loader)`,
        body: `
        optimizer.zero_grad()
        loss = criterion(model(x), y)
        accelerator.backward(loss)
        optimizer.step()`,
      }),
      [5, 64, 'Adam', 0.001],
    ],
    [
      'a branch that a constant decides',
      loop({
        before: 'USE_AMP = False',
        body: `
        optimizer.zero_grad()
        if USE_AMP:
            with torch.autocast("cuda"):
                loss = criterion(model(x), y)
            scaler.scale(loss).backward()
        else:
            loss = criterion(model(x), y)
            loss.backward()
        optimizer.step()`,
      }),
      [5, 64, 'Adam', 0.001],
    ],
    [
      'a look at other images in between',
      loop({
        after:
          '\n    for x, y in test_loader:\n        if x is None:\n            continue\n        correct = model(x)',
      }),
      [5, 64, 'Adam', 0.001],
    ],
  ] as const)('understands %s', (_, code, [epochs, batchSize, className, rate]) => {
    expect(readTorchTraining([code])).toMatchObject({
      epochs,
      batchSize,
      optimizer: { className, options: { learning_rate: rate } },
      loss: 'categorical_crossentropy',
      notUnderstood: [],
    });
  });

  it.each([
    [
      'GradScaler',
      loop({
        before: 'scaler = torch.cuda.amp.GradScaler()',
        body: '\n        optimizer.zero_grad()\n        loss = criterion(model(x), y)\n        scaler.scale(loss).backward()\n        scaler.step(optimizer)\n        scaler.update()',
      }),
      /mixed precision/u,
    ],
    [
      'accumulation with a division',
      loop({
        body: '\n        loss = criterion(model(x), y) / 4\n        loss.backward()\n        if (i + 1) % 4 == 0:\n            optimizer.step()\n            optimizer.zero_grad()',
      }),
      /gathered/u,
    ],
    [
      'gradients that are never cleared',
      loop({
        body: '\n        loss = criterion(model(x), y)\n        loss.backward()\n        optimizer.step()',
      }),
      /gathered/u,
    ],
    ['early stopping', loop({ after: '\n    if worse > 3:\n        break' }), /end early/u],
    [
      'a loop that returns',
      `def go():\n${loop({}).replaceAll(/^/gmu, '    ')}\n        if worse:\n            return model\ngo()`,
      /end early/u,
    ],
    [
      'only some batches',
      loop({
        body: '\n        if i > 100:\n            break\n        optimizer.zero_grad()\n        loss = criterion(model(x), y)\n        loss.backward()\n        optimizer.step()',
      }),
      /end early/u,
    ],
    [
      'a step under a condition',
      loop({
        body: '\n        optimizer.zero_grad()\n        loss = criterion(model(x), y)\n        if i % 2 == 0:\n            loss.backward()\n            optimizer.step()',
      }),
      /no step/u,
    ],
    [
      'two steps for a batch',
      loop({
        body: '\n        optimizer.zero_grad()\n        loss = criterion(model(x), y)\n        loss.backward()\n        optimizer.step()\n        optimizer.step()',
      }),
      /several steps/u,
    ],
    [
      'a penalty',
      loop({
        body: '\n        optimizer.zero_grad()\n        loss = criterion(model(x), y) + 1e-4 * penalty(model)\n        loss.backward()\n        optimizer.step()',
      }),
      /more in it/u,
    ],
    [
      'a rate set by hand',
      loop({ after: '\n    for group in optimizer.param_groups:\n        group["lr"] *= 0.9' }),
      /by hand/u,
    ],
    [
      'a rate set by hand in one group',
      loop({ after: '\n    optimizer.param_groups[0]["lr"] = 0.1 / (epoch + 1)' }),
      /by hand/u,
    ],
    [
      'a scheduler a batch',
      loop({
        before: 'scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.1)',
        body: '\n        optimizer.zero_grad()\n        loss = criterion(model(x), y)\n        loss.backward()\n        optimizer.step()\n        scheduler.step()',
      }),
      /OneCycleLR/u,
    ],
    [
      'a scheduler before the training',
      loop({
        before: 'scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 2)',
        head: 'scheduler.step()\n    ',
      }),
      /before the training/u,
    ],
    [
      'pictures that are turned',
      loop({
        before:
          'from torchvision import transforms\ntf = transforms.Compose([transforms.RandomRotation(10), transforms.ToTensor()])',
      }),
      /at random/u,
    ],
    [
      'weights that were there',
      loop({ before: 'model.load_state_dict(torch.load("start.pt"))' }),
      /begin otherwise/u,
    ],
    [
      'weights that are filled otherwise',
      loop({ before: 'def init(m):\n    nn.init.xavier_uniform_(m.weight)\nmodel.apply(init)' }),
      /begin otherwise/u,
    ],
    [
      'layers that are kept',
      loop({ before: 'for p in model.features.parameters():\n    p.requires_grad = False' }),
      /kept as they are/u,
    ],
    [
      'one layer alone',
      loop({ before: 'layer = nn.Linear(3, 4)\noptimizer = torch.optim.Adam(layer.parameters())' }),
      /some of the weights/u,
    ],
    [
      'a sampler',
      loop({ before: 'train_loader = DataLoader(train_set, batch_size=64, sampler=weighted)' }),
      /sampler/u,
    ],
    [
      'a variable of the turn before',
      loop({
        before: 'lr = 0.1',
        head: 'optimizer = torch.optim.SGD(model.parameters(), lr=lr)\n    lr = lr * 0.5\n    ',
      }),
      /lr of SGD/u,
    ],
  ] as const)('repeats no training with %s', (_, code, message) => {
    const training = readTorchTraining([code]);
    expect(training?.notUnderstood.join('; ')).toMatch(message);
  });

  it.each([
    ['accumulate_grad_batches=4', /accumulate_grad_batches of Trainer/u],
    ['gradient_clip_val=0.5', /gradient_clip_val/u],
    ['precision="16-mixed"', /mixed precision/u],
    ['limit_train_batches=0.1', /limit_train_batches/u],
    ['callbacks=[EarlyStopping("val_loss")]', /callbacks/u],
    ['**options', /an option of Trainer/u],
    ['callbacks=[ModelCheckpoint()], enable_progress_bar=False, precision=32', /^$/u],
  ])('of Lightning’s Trainer with %s', (option, message) => {
    const code = `
class Digits(L.LightningModule):
    def training_step(self, batch, batch_idx):
        x, y = batch
        return F.cross_entropy(self(x), y)
    def configure_optimizers(self):
        return torch.optim.Adam(self.parameters(), lr=1e-3)
trainer = L.Trainer(max_epochs=3, ${option})
trainer.fit(Digits(), train_dataloaders=DataLoader(train_set, batch_size=50, shuffle=True))
`;
    const training = readTorchTraining([code]);
    expect(training).toMatchObject({ epochs: 3, batchSize: 50, optimizer: { className: 'Adam' } });
    expect(training?.notUnderstood.join('; ')).toMatch(message);
  });
});

describe('several trainings in one hand-in', () => {
  const piece = (rate: string, exercise: string | null) => ({
    text: script().replace(/lr ?= ?[\d.]+/u, `lr=${rate}`),
    exercise,
  });

  it('belong to the exercises of their files', () => {
    const code = torchCode([piece('0.5', 'digits'), piece('0.25', 'photographs')])();
    const rate = (exercise: string | null): unknown =>
      code.trainingFor(exercise)?.optimizer?.options['learning_rate'];
    expect([rate('digits'), rate('photographs')]).toEqual([0.5, 0.25]);
    expect(code.trainingFor('digits')?.notUnderstood).toEqual([]);
    // Whose they are is not known for a model without an exercise, or for one that has none of its own.
    expect(code.trainingFor(null)?.notUnderstood).not.toEqual([]);
    expect(code.trainingFor('clothes')?.notUnderstood).not.toEqual([]);
  });

  it('are several for a model where code that is nobody’s trains as well', () => {
    const code = torchCode([piece('0.5', 'digits'), piece('0.25', null)])();
    expect(code.trainingFor('digits')?.notUnderstood).not.toEqual([]);
  });
});
