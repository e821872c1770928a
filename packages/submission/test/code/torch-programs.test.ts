import { describe, expect, it } from 'vitest';
import { readTorchTraining } from '../../src/code/torch/training/read-training.ts';
import { USUAL_PROGRAMS } from './usual-programs.ts';

describe('programs as students write them', () => {
  it('are more than thirty', () => {
    expect(Object.keys(USUAL_PROGRAMS).length).toBeGreaterThan(30);
  });

  it.each(Object.entries(USUAL_PROGRAMS))('%s', (_, { code, read }) => {
    const { epochs, batchSize, optimizer, rate, images = null, schedule = null, doubt } = read;
    const training = readTorchTraining([code]);
    expect(training).toMatchObject({
      epochs,
      batchSize,
      optimizer: { className: optimizer },
      images: images === null ? null : { count: images },
      schedule,
      keepsBest: read.keepsBest ?? false,
    });
    if (doubt === undefined) {
      expect(training?.notUnderstood).toEqual([]);
      expect(training?.optimizer?.options['learning_rate']).toBe(rate);
    } else {
      expect(training?.notUnderstood.join('; ')).toMatch(doubt);
    }
  });

  it.each([
    ['settings that a condition changes', 'if fast:\n    cfg.lr = 0.5'],
    ['a dataclass whose fields are given in order', 'cfg = Settings(9, 0.5)'],
  ])('knows nothing of the rate after %s', (_, change) => {
    const code = `
class Settings:
    lr = 0.1
cfg = Settings()
cfg.lr = 0.2
${change}
opt = torch.optim.SGD(model.parameters(), lr=cfg.lr)
for epoch in range(3):
    for x, y in DataLoader(train, batch_size=10):
        opt.zero_grad()
        F.cross_entropy(model(x), y).backward()
        opt.step()
`;
    expect(readTorchTraining([code])?.notUnderstood).toEqual(['lr of SGD']);
  });
});
