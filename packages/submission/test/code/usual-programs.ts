/** Programs that train a network, as students of PyTorch write them, and what a person reads in each. */
interface UsualProgram {
  readonly code: string;
  readonly read: {
    readonly epochs: number | null;
    readonly batchSize: number | null;
    readonly optimizer: string;
    readonly rate: number;
    /** How many training images, from the first on or chosen; `null` where the code does not say. */
    readonly images?: number | null;
    readonly schedule?: object;
    /** Whether the saved weights may be those of another epoch than the last. */
    readonly keepsBest?: boolean;
    /** A word of what is not to be repeated; absent where everything is understood. */
    readonly doubt?: RegExp;
  };
}

const IMPORTS = `
import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim
import torchvision
from torchvision import datasets, transforms
from torch.utils.data import DataLoader, Subset, random_split
`;

const NET = `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Flatten(), nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 10))
    def forward(self, x):
        return self.layers(x)
`;

const STEP = `
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
`;

const LOOP = `
for epoch in range(4):
    for images, labels in train_loader:${STEP}`;

const usual = (data: string, more: { before?: string; loop?: string } = {}): string => `
${IMPORTS}${NET}
torch.manual_seed(42)
${data}
model = Net()
criterion = nn.CrossEntropyLoss()
optimizer = optim.Adam(model.parameters(), lr=0.002)
${more.before ?? ''}
${more.loop ?? LOOP}
torch.save(model.state_dict(), 'digits.pt')
`;

const MNIST = `train_set = datasets.MNIST('data', train=True, download=True, transform=transforms.ToTensor())`;
const LOADER = `train_loader = DataLoader(train_set, batch_size=50, shuffle=True)`;
const DATA = `${MNIST}\n${LOADER}`;
const PLAIN = { epochs: 4, batchSize: 50, optimizer: 'Adam', rate: 0.002 } as const;

export const USUAL_PROGRAMS: Readonly<Record<string, UsualProgram>> = {
  'all images of MNIST': { code: usual(DATA), read: { ...PLAIN, images: 60_000 } },
  'the first thousand': {
    code: usual(`${MNIST}\ntrain_set = Subset(train_set, range(1000))\n${LOADER}`),
    read: { ...PLAIN, images: 1000 },
  },
  'a tenth held back, as the starting programs do': {
    code: usual(
      `${MNIST}\nheld_back = int(len(train_set) * (1 - 0.1))\nvalidation = Subset(train_set, range(held_back, len(train_set)))\ntrain_set = Subset(train_set, range(held_back))\n${LOADER}`,
    ),
    read: { ...PLAIN, images: 54_000 },
  },
  'indices in a list': {
    code: usual(
      `${MNIST}\ntrain_set = torch.utils.data.Subset(train_set, list(range(0, 20000)))\n${LOADER}`,
    ),
    read: { ...PLAIN, images: 20_000 },
  },
  'the last images': {
    code: usual(`${MNIST}\ntrain_set = Subset(train_set, range(50000, 60000))\n${LOADER}`),
    read: { ...PLAIN, images: null, doubt: /choice of the images/u },
  },
  'a random split into counts': {
    code: usual(
      `${MNIST}\ntrain_ds, val_ds = random_split(train_set, [50000, 10000])\ntrain_loader = DataLoader(train_ds, batch_size=50, shuffle=True)`,
    ),
    read: { ...PLAIN, images: 50_000 },
  },
  'a random split computed from a share': {
    code: usual(
      `${MNIST}\nn_train = int(0.8 * len(train_set))\nn_val = len(train_set) - n_train\ntrain_ds, val_ds = torch.utils.data.random_split(train_set, [n_train, n_val], generator=torch.Generator().manual_seed(0))\ntrain_loader = DataLoader(dataset=train_ds, batch_size=50, shuffle=True, num_workers=2)`,
    ),
    read: { ...PLAIN, images: 48_000 },
  },
  'a random split into shares': {
    code: usual(
      `${MNIST}\nparts = random_split(train_set, (0.75, 0.25))\ntrain_loader = DataLoader(parts[0], shuffle=True, batch_size=50)`,
    ),
    read: { ...PLAIN, images: 45_000 },
  },
  'photographs cut and mirrored at random': {
    code: usual(
      `tf = transforms.Compose([transforms.RandomCrop(32, padding=4), transforms.RandomHorizontalFlip(), transforms.ToTensor()])\ntrain_set = torchvision.datasets.CIFAR10('data', train=True, transform=tf)\n${LOADER}`,
    ),
    read: { ...PLAIN, images: 50_000, doubt: /RandomCrop.*RandomHorizontalFlip/u },
  },
  'digits turned at random': {
    code: usual(
      `from torchvision.transforms import v2\ntrain_tf = v2.Compose([v2.RandomAffine(degrees=10, translate=(0.1, 0.1)), v2.ToTensor()])\ntrain_set = datasets.MNIST('data', train=True, transform=train_tf)\n${LOADER}`,
    ),
    read: { ...PLAIN, images: 60_000, doubt: /RandomAffine/u },
  },
  'the test images as training images': {
    code: usual(`train_set = datasets.MNIST('data', train=False)\n${LOADER}`),
    read: { ...PLAIN, doubt: /test images/u },
  },
  'two data sets at once': {
    code: usual(
      `${MNIST}\nmore = datasets.MNIST('data', train=False)\ntrain_set = torch.utils.data.ConcatDataset([train_set, more])\n${LOADER}`,
    ),
    read: { ...PLAIN, images: null, doubt: /several data sets/u },
  },
  'a compiled network': {
    code: usual(DATA, { before: 'model = torch.compile(model)' }),
    read: { ...PLAIN, images: 60_000 },
  },
  'a network on several cards': {
    code: usual(DATA, {
      before:
        'if torch.cuda.device_count() > 1:\n    model = nn.DataParallel(model)\nmodel.to(device)',
    }),
    read: { ...PLAIN, images: 60_000 },
  },
  'a network that is wrapped before its optimiser': {
    code: usual(DATA, {
      before:
        'model = nn.DataParallel(model)\noptimizer = torch.optim.Adam(model.parameters(), lr=0.002)',
    }),
    read: { ...PLAIN, images: 60_000 },
  },
  'mixed precision': {
    code: usual(DATA, {
      before: 'scaler = torch.amp.GradScaler()',
      loop: `
for epoch in range(4):
    for images, labels in train_loader:
        optimizer.zero_grad()
        with torch.autocast(device_type='cuda', dtype=torch.float16):
            loss = criterion(model(images), labels)
        scaler.scale(loss).backward()
        scaler.step(optimizer)
        scaler.update()
`,
    }),
    read: { ...PLAIN, images: 60_000, doubt: /mixed precision/u },
  },
  'gathered gradients': {
    code: usual(DATA, {
      loop: `
steps = 4
for epoch in range(4):
    for i, (images, labels) in enumerate(train_loader):
        loss = criterion(model(images), labels) / steps
        loss.backward()
        if (i + 1) % steps == 0:
            optimizer.step()
            optimizer.zero_grad()
`,
    }),
    read: { ...PLAIN, images: 60_000, doubt: /gathered/u },
  },
  'decay of the weights': {
    code: usual(DATA, {
      before:
        'optimizer = optim.SGD(model.parameters(), lr=0.05, momentum=0.9, weight_decay=5e-4, nesterov=True)',
    }),
    read: { ...PLAIN, optimizer: 'SGD', rate: 0.05, images: 60_000 },
  },
  'a step every two epochs': {
    code: usual(DATA, {
      before: 'scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=2, gamma=0.5)',
      loop: `${LOOP}    scheduler.step()\n    print('epoch', epoch, scheduler.get_last_lr())\n`,
    }),
    read: { ...PLAIN, images: 60_000, schedule: { kind: 'step', everyEpochs: 2, factor: 0.5 } },
  },
  'a cosine over the epochs': {
    code: usual(DATA, {
      before: `num_epochs = 6\nscheduler = optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=num_epochs)`,
      loop: `for epoch in range(1, num_epochs + 1):\n    for images, labels in train_loader:${STEP}    scheduler.step()\n`,
    }),
    read: {
      ...PLAIN,
      epochs: 6,
      images: 60_000,
      schedule: { kind: 'cosine', epochs: 6, minLearningRate: 0 },
    },
  },
  'phases of training and validation': {
    code: usual(
      `${MNIST}\ntest_set = datasets.MNIST('data', train=False)\nloaders = {'train': DataLoader(train_set, batch_size=50, shuffle=True), 'val': DataLoader(test_set, batch_size=500)}`,
      {
        loop: `
for epoch in range(4):
    for phase in ['train', 'val']:
        if phase == 'train':
            model.train()
        else:
            model.eval()
        for images, labels in loaders[phase]:
            optimizer.zero_grad()
            with torch.set_grad_enabled(phase == 'train'):
                loss = criterion(model(images), labels)
                if phase == 'train':
                    loss.backward()
                    optimizer.step()
`,
      },
    ),
    read: { ...PLAIN, images: 60_000 },
  },
  'the best network kept': {
    code: usual(DATA, {
      loop: `
best = 0
for epoch in range(4):
    model.train()
    for images, labels in train_loader:${STEP}
    accuracy = evaluate(model, val_loader)
    if accuracy > best:
        best = accuracy
        torch.save(model.state_dict(), 'digits.pt')
`,
    }),
    read: { ...PLAIN, images: 60_000, keepsBest: true },
  },
  'a copy of the best weights': {
    code: usual(DATA, {
      loop: `
import copy
best, best_weights = 0, None
for epoch in range(4):
    for images, labels in train_loader:${STEP}
    acc = evaluate(model)
    if acc > best:
        best = acc
        best_weights = copy.deepcopy(model.state_dict())
model.load_state_dict(best_weights)
`,
    }),
    read: { ...PLAIN, images: 60_000, keepsBest: true },
  },
  'a saved network read again at the end': {
    code: `${usual(DATA)}\nmodel = Net()\nmodel.load_state_dict(torch.load('digits.pt'))\nmodel.eval()\n`,
    read: { ...PLAIN, images: 60_000 },
  },
  'a checkpoint after every epoch': {
    code: usual(DATA, {
      loop: `${LOOP}    torch.save({'epoch': epoch, 'model': model.state_dict()}, 'checkpoint.pt')\n`,
    }),
    read: { ...PLAIN, images: 60_000 },
  },
  'functions for an epoch and an evaluation': {
    code: `${IMPORTS}${NET}
device = 'cuda' if torch.cuda.is_available() else 'cpu'
BATCH = 2 ** 7
training_data = datasets.FashionMNIST(root='data', train=True, download=True, transform=transforms.ToTensor())
test_data = datasets.FashionMNIST(root='data', train=False, download=True, transform=transforms.ToTensor())
train_dataloader = DataLoader(training_data, batch_size=BATCH)
test_dataloader = DataLoader(test_data, batch_size=BATCH)
model = Net().to(device)
loss_fn = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=1e-3)

def train(dataloader, model, loss_fn, optimizer):
    size = len(dataloader.dataset)
    model.train()
    for batch, (X, y) in enumerate(dataloader):
        X, y = X.to(device), y.to(device)
        pred = model(X)
        loss = loss_fn(pred, y)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        if batch % 100 == 0:
            loss, current = loss.item(), (batch + 1) * len(X)
            print(f"loss: {loss:>7f}  [{current:>5d}/{size:>5d}]")

def test(dataloader, model, loss_fn):
    model.eval()
    with torch.no_grad():
        for X, y in dataloader:
            pred = model(X.to(device))
            print(loss_fn(pred, y).item())

epochs = 5
for t in range(epochs):
    print(f"Epoch {t+1}")
    train(train_dataloader, model, loss_fn, optimizer)
    test(test_dataloader, model, loss_fn)
`,
    read: { epochs: 5, batchSize: 128, optimizer: 'SGD', rate: 0.001, images: 60_000 },
  },
  'a running loss, printed every 200 batches': {
    code: usual(DATA, {
      loop: `
for epoch in range(2):
    running_loss = 0.0
    for i, data in enumerate(train_loader, 0):
        images, labels = data
        optimizer.zero_grad()
        outputs = model(images)
        loss = criterion(outputs, labels)
        loss.backward()
        optimizer.step()
        running_loss += loss.item()
        if i % 200 == 199:
            print('[%d, %5d] loss: %.3f' % (epoch + 1, i + 1, running_loss / 200))
            running_loss = 0.0
print('Finished')
`,
    }),
    read: { ...PLAIN, epochs: 2, images: 60_000 },
  },
  'a class of settings': {
    code: `${IMPORTS}${NET}
class Config:
    batch_size = 50
    epochs = 4
    lr = 0.002
cfg = Config()
${MNIST}
loader = DataLoader(train_set, batch_size=cfg.batch_size, shuffle=True)
model = Net()
opt = optim.Adam(model.parameters(), lr=Config.lr)
for epoch in range(cfg.epochs):
    for images, labels in loader:
        opt.zero_grad()
        F.cross_entropy(model(images), labels).backward()
        opt.step()
`,
    read: { ...PLAIN, images: 60_000 },
  },
  'a dataclass of settings': {
    code: `${IMPORTS}${NET}
from dataclasses import dataclass
@dataclass
class Settings:
    batch_size: int = 50
    epochs: int = 4
    lr: float = 0.002
s = Settings(epochs=6)
${MNIST}
loader = DataLoader(train_set, batch_size=s.batch_size, shuffle=True)
model = Net()
opt = optim.Adam(model.parameters(), lr=s.lr)
for epoch in range(s.epochs):
    for images, labels in loader:
        opt.zero_grad()
        F.cross_entropy(model(images), labels).backward()
        opt.step()
`,
    read: { ...PLAIN, epochs: 6, images: 60_000 },
  },
  'a while loop over the epochs': {
    code: usual(DATA, {
      loop: `epoch = 0\nwhile epoch < 4:\n    for images, labels in train_loader:${STEP}    epoch += 1\n`,
    }),
    read: { ...PLAIN, epochs: null, images: 60_000 },
  },
  'several rates, one after the other': {
    code: `${IMPORTS}${NET}
${DATA}
criterion = nn.CrossEntropyLoss()
for lr in [0.1, 0.01, 0.001]:
    model = Net()
    optimizer = optim.SGD(model.parameters(), lr=lr)
    for epoch in range(4):
        for images, labels in train_loader:
            optimizer.zero_grad()
            criterion(model(images), labels).backward()
            optimizer.step()
`,
    read: { epochs: null, batchSize: null, optimizer: 'SGD', rate: 0.001, doubt: /lr of SGD/u },
  },
  'Lightning, with a module of data in the trainer': {
    code: `
import lightning as L
import torch
from torch import nn
from torch.nn import functional as F
from torch.utils.data import DataLoader
from torchvision.datasets import MNIST
class Lit(L.LightningModule):
    def __init__(self, hidden=64, learning_rate=2e-3):
        super().__init__()
        self.save_hyperparameters()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(784, hidden), nn.ReLU(), nn.Linear(hidden, 10))
    def forward(self, x):
        return self.net(x)
    def training_step(self, batch, batch_idx):
        x, y = batch
        loss = F.cross_entropy(self(x), y)
        self.log('train_loss', loss)
        return loss
    def configure_optimizers(self):
        return torch.optim.Adam(self.parameters(), lr=self.hparams.learning_rate)
    def train_dataloader(self):
        return DataLoader(MNIST('data', train=True), batch_size=50, shuffle=True)
model = Lit()
trainer = L.Trainer(max_epochs=4, accelerator='auto', devices=1)
trainer.fit(model)
`,
    read: { ...PLAIN, images: 60_000 },
  },
  'an engine of Ignite': {
    code: `${IMPORTS}${NET}
from ignite.engine import create_supervised_trainer
${DATA}
model = Net()
optimizer = optim.Adam(model.parameters(), lr=0.002)
trainer = create_supervised_trainer(model, optimizer, nn.CrossEntropyLoss())
trainer.run(train_loader, max_epochs=4)
`,
    read: { ...PLAIN, images: 60_000 },
  },
};
