import type { CheckSpec } from '@labproof/lab';
import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../support/one-check.ts';
import { code } from '../support/training-code.ts';

describe('code-topology', () => {
  const spec: CheckSpec = { kind: 'code-topology', points: 3 };

  it('passes for the exercise’s network and names what is other', async () => {
    expect((await outcomeOf(spec, { answer: code() })).outcome).toBe('passed');
    const wrong = await outcomeOf(spec, { answer: code({ units: 9 }) });
    expect(wrong.outcome).toBe('failed');
    expect(wrong.message).toContain('layer 1 (Dense): units should be 8 and is 9');
  });

  it('never runs it, and leaves what it cannot read to a person', async () => {
    const hostile = [
      '```python',
      'import os; os.system("touch /tmp/labproof-was-here")',
      'model = keras.Sequential([layers.Dense(__import__("os").getpid(), input_shape=(16,))])',
      '```',
    ].join('\n');
    const outcome = await outcomeOf(spec, { answer: hostile });
    expect([outcome.outcome, outcome.points]).toEqual(['needs-review', null]);
    expect((await outcomeOf(spec, { answer: '```python\nprint(1)\n```' })).outcome).toBe(
      'needs-review',
    );
    expect((await outcomeOf(spec, { answer: 'I used two layers.' })).outcome).toBe('missing');
  });

  it('reads a network of PyTorch’s as well, and names what is other in its words', async () => {
    const network = (hidden: number): string =>
      `\`\`\`python\nclass Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(16, ${hidden})
        self.fc2 = nn.Linear(${hidden}, 3)
    def forward(self, x):
        x = torch.flatten(x, 1)
        return F.log_softmax(self.fc2(self.fc1(x)), dim=1)
\`\`\``;
    const right = await outcomeOf(spec, { answer: network(8) });
    expect([right.outcome, right.points]).toEqual(['passed', 3]);
    expect(right.message).toContain('Linear(16, 8)');
    const wrong = await outcomeOf(spec, { answer: network(9) });
    expect(wrong.outcome).toBe('failed');
    expect(wrong.message).toContain('Linear(16, 8)');
    expect(wrong.message).toContain('Linear(16, 9)');
    const unread = await outcomeOf(spec, {
      answer: network(8).replace('self.fc1(x)', 'self.fc1(x) if x.sum() > 0 else x'),
    });
    expect(unread.outcome).toBe('needs-review');
  });
});
