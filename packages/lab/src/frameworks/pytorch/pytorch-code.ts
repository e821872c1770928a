import type { Recipe } from '@labproof/core';
import type { Exercise } from '../../exercise.ts';
import type { RecipeCode } from '../code-pieces.ts';
import { classesOf } from '../targets.ts';
import { call, named } from '../python.ts';
import { pytorchData } from './pytorch-data.ts';
import { pytorchModules } from './pytorch-layers.ts';
import { type PytorchOptimizer, pytorchOptimizer } from './pytorch-optimizer.ts';

/** A recipe in PyTorch (1.9 or later) with torchvision. */
export function pytorchCode({ id, recipe }: Exercise): RecipeCode {
  const { modules, problem } = pytorchModules(recipe);
  const data = pytorchData(recipe);
  const optimizer = pytorchOptimizer(recipe);
  return {
    imports: [
      'import csv',
      'import os',
      '',
      'import torch',
      'from torch import nn',
      `from torch.utils.data import DataLoader${/\bSubset\b/u.test(data.text) ? ', Subset' : ''}`,
      'from torchvision import datasets, transforms',
    ].join('\n'),
    data: data.text,
    network:
      modules === null
        ? null
        : ['model = nn.Sequential(', ...modules.map((module) => `    ${module},`), ')'].join('\n'),
    settings: settings(recipe, optimizer),
    training: training(recipe, optimizer),
    saving: saving(id, recipe),
    leftOut: [
      ...(problem === null ? [] : [`PyTorch has no line for ${problem}; build it yourself.`]),
      ...data.leftOut,
      ...optimizer.leftOut,
      ...leftOut(recipe),
    ],
  };
}

/** PyTorch's losses; every other one is held against zeros and a one for each class. */
const LOSSES: Readonly<Record<Recipe['loss'], string>> = {
  categorical_crossentropy: 'CrossEntropyLoss',
  sparse_categorical_crossentropy: 'CrossEntropyLoss',
  mean_squared_error: 'MSELoss',
  mean_absolute_error: 'L1Loss',
  binary_crossentropy: 'BCELoss',
};

function settings(recipe: Recipe, { lines }: PytorchOptimizer): string {
  const { loss, epochs, batchSize, labelSmoothing } = recipe;
  const name = LOSSES[loss];
  const crossentropy = name === 'CrossEntropyLoss';
  const smoothing = crossentropy ? { label_smoothing: labelSmoothing } : {};
  return [
    `EPOCHS = ${epochs}`,
    `BATCH_SIZE = ${batchSize}`,
    ...(crossentropy ? ['# The loss has the softmax in it, so the network ends without one.'] : []),
    `criterion = ${call(`nn.${name}`, named(smoothing))}`,
    ...lines,
  ].join('\n');
}

function training(recipe: Recipe, { scheduler }: PytorchOptimizer): string {
  const { shuffle, validation } = recipe;
  const target =
    LOSSES[recipe.loss] === 'CrossEntropyLoss'
      ? 'labels'
      : `nn.functional.one_hot(labels, ${classesOf(recipe)}).float()`;
  const validated = validation.from !== 'none';
  const monitor = recipe.reduceOnPlateau?.monitor ?? 'val_loss';
  const row = ['loss', 'accuracy', 'val_loss', 'val_accuracy'];
  return [
    `train_loader = DataLoader(train_data, batch_size=BATCH_SIZE, shuffle=${shuffle === false ? 'False' : 'True'})`,
    ...(validation.from === 'split'
      ? ['validation_loader = DataLoader(validation_data, batch_size=1000)']
      : []),
    'test_loader = DataLoader(test_data, batch_size=1000)',
    '',
    '',
    'def measure(loader):',
    '    """Loss and accuracy over the images of a loader, with dropout off."""',
    '    model.eval()',
    '    total, correct, count = 0.0, 0, 0',
    '    with torch.no_grad():',
    '        for images, labels in loader:',
    '            outputs = model(images)',
    `            total += criterion(outputs, ${target}).item() * len(labels)`,
    '            correct += (outputs.argmax(dim=1) == labels).sum().item()',
    '            count += len(labels)',
    '    return total / count, correct / count',
    '',
    '',
    'history = []',
    'for epoch in range(1, EPOCHS + 1):',
    '    model.train()',
    '    total, correct, count = 0.0, 0, 0',
    '    for images, labels in train_loader:',
    '        optimizer.zero_grad()',
    '        outputs = model(images)',
    `        loss = criterion(outputs, ${target})`,
    '        loss.backward()',
    '        optimizer.step()',
    ...(scheduler === 'batch' ? ['        scheduler.step()'] : []),
    '        total += loss.item() * len(labels)',
    '        correct += (outputs.argmax(dim=1) == labels).sum().item()',
    '        count += len(labels)',
    validated
      ? `    row = [total / count, correct / count, *measure(${validation.from === 'test' ? 'test_loader' : 'validation_loader'})]`
      : '    row = [total / count, correct / count]',
    ...(scheduler === 'epoch' ? ['    scheduler.step()'] : []),
    ...(scheduler === 'plateau' ? [`    scheduler.step(row[${row.indexOf(monitor)}])`] : []),
    '    history.append([epoch, *row])',
    '    print(f"Epoch [{epoch}/{EPOCHS}], Loss: {row[0]:.4f}, Accuracy: {row[1]:.4f}"',
    ...(validated
      ? ['          f", Val Loss: {row[2]:.4f}, Val Accuracy: {row[3]:.4f}")']
      : ['          )']),
  ].join('\n');
}

function saving(id: string, { validation }: Recipe): string {
  const names = ['epoch', 'loss', 'accuracy'];
  if (validation.from !== 'none') names.push('val_loss', 'val_accuracy');
  return [
    'test_loss, test_accuracy = measure(test_loader)',
    'print(f"Test: loss {test_loss:.4f}, accuracy {test_accuracy:.4f}")',
    '',
    'os.makedirs("models", exist_ok=True)',
    `torch.save(model.state_dict(), "models/${id}.pt")`,
    'os.makedirs("histories", exist_ok=True)',
    `with open("histories/${id}.csv", "w", newline="") as file:`,
    '    table = csv.writer(file)',
    `    table.writerow([${names.map((name) => `"${name}"`).join(', ')}])`,
    '    table.writerows(history)',
  ].join('\n');
}

/** Keras's initialisers for which PyTorch has one of the same formula. */
const INITIALIZERS: Readonly<Record<string, string>> = {
  he_normal: 'nn.init.kaiming_normal_',
  he_uniform: 'nn.init.kaiming_uniform_',
  glorot_normal: 'nn.init.xavier_normal_',
};

/** Parts of a recipe for which there is no plain line, as sentences. */
function leftOut(recipe: Recipe): string[] {
  const { classWeight, earlyStopping, model } = recipe;
  const sentences: string[] = [];
  for (const { class_name: className, config } of model.layers) {
    const layer = typeof config['name'] === 'string' ? config['name'] : className;
    const kernel = config['kernel_initializer'] ?? 'glorot_uniform';
    if (kernel !== 'glorot_uniform') {
      const name = typeof kernel === 'string' ? kernel : JSON.stringify(kernel);
      const own = Object.hasOwn(INITIALIZERS, name) ? INITIALIZERS[name] : undefined;
      sentences.push(
        `The weights of ${layer} start from ${name}${
          own === undefined ? '' : `: ${own}(layer.weight)`
        }.`,
      );
    }
    for (const option of ['kernel_regularizer', 'bias_regularizer', 'activity_regularizer']) {
      const penalty = config[option] ?? null;
      if (penalty !== null) {
        sentences.push(`The loss has a penalty on ${layer}: ${option} ${JSON.stringify(penalty)}.`);
      }
    }
  }
  if (classWeight !== undefined) {
    sentences.push(
      `Classes weigh ${classWeight.join(
        ', ',
      )}; CrossEntropyLoss(weight=…) divides by the sum of weights, Keras by the number of images.`,
    );
  }
  if (earlyStopping !== undefined) {
    const { monitor, patience, minDelta, restoreBestWeights } = earlyStopping;
    sentences.push(
      `Training stops when ${monitor} has not got better by ${minDelta} for ${patience} epochs${restoreBestWeights ? ', and the best weights are kept' : ''}.`,
    );
  }
  if (recipe.shuffle === 'once') sentences.push('Every epoch has the order of the first.');
  if (recipe.labelSmoothing !== undefined && recipe.loss === 'binary_crossentropy') {
    sentences.push(`Targets are smoothed by ${recipe.labelSmoothing}.`);
  }
  return sentences;
}
