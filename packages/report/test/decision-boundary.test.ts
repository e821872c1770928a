import { describe, expect, it } from 'vitest';
import { drawDecisionBoundary, type PlanePoint } from '../src/plots/decision-boundary.ts';
import { syntheticGrid, syntheticPoints } from './synthetic/boundary.ts';

const draw = (values: ArrayLike<number>, points: readonly PlanePoint[] = []) =>
  drawDecisionBoundary({
    id: 'made-up',
    title: 'Made-up boundary',
    grid: { domain: [-6, 6], size: 4, values },
    points,
  });

/** A 4 × 4 grid that is positive right of x = 0. */
const halves = Float32Array.from({ length: 16 }, (_, cell) => (cell % 4 < 2 ? -1 : 1));
const at = (x: number, y: number, label: number, part: PlanePoint['part'] = 'training') => ({
  x,
  y,
  label,
  part,
});

describe('the decision boundary', () => {
  it('counts the examples on each side, training and test apart', () => {
    const { description, table } = draw(halves, [
      at(3, 3, 1),
      at(-3, 3, -1),
      at(-3, -3, 1),
      at(5, 0, -1, 'test'),
      at(99, 0, 1),
    ]);
    expect(table.rows).toEqual([
      ['Training', '3', '2 (66.7\u00a0%)'],
      ['Test', '1', '0 (0.0\u00a0%)'],
    ]);
    expect(description).toContain('50\u00a0% of it belong to the positive class');
    expect(description).toContain('2 of 3\u00a0training examples and 0 of 1\u00a0test example');
  });

  it('draws the line where the sign changes: halfway across', () => {
    const line = /<path d="([^"]*)" fill="none" stroke="var\(--ink/.exec(draw(halves).svg)?.[1];
    const inner = [...(line ?? '').matchAll(/([\d.]+),([\d.]+)/g)]
      .map(([, x, y]) => [Number(x), Number(y)] as const)
      .filter(([x, y]) => [x, y].every((value) => value > 1 && value < 263));
    expect(inner.length).toBeGreaterThan(1);
    for (const [x] of inner) expect(Math.abs(x - 132)).toBeLessThan(2);
  });

  it('has the first row at the bottom', () => {
    const upper = Float32Array.from({ length: 16 }, (_, cell) => (cell < 8 ? -1 : 1));
    const { table } = draw(upper, [at(0, 5, 1), at(0, -5, -1)]);
    expect(table.rows[0]?.[2]).toBe('2 (100.0\u00a0%)');
    const blue = /<path d="([^"]*)" fill="var\(--reference/.exec(draw(upper).svg)?.[1] ?? '';
    const heights = [...blue.matchAll(/,([\d.]+)/g)].map(([, y]) => Number(y));
    expect(Math.max(...heights)).toBeLessThan(135);
  });

  it('says where there is no boundary, and where a network diverged', () => {
    const same = draw(new Float32Array(16).fill(0.5));
    expect(same.description).toContain('the same everywhere');
    const diverged = draw(new Float32Array(16).fill(Number.NaN), [at(0, 0, 1)]);
    expect(diverged.description).toContain('diverged');
    expect(diverged.svg).not.toContain('NaN');
  });

  it('refuses a grid that does not fill its square', () => {
    expect(() => draw(new Float32Array(15))).toThrow(RangeError);
  });

  it('tells classes apart by shape and stays small', () => {
    const { svg } = drawDecisionBoundary({
      id: 'ring',
      title: 'Ring',
      grid: syntheticGrid(),
      points: syntheticPoints(),
    });
    expect(svg.match(/<circle /g)?.length).toBe(
      syntheticPoints().filter(({ label }) => label > 0).length,
    );
    expect(svg.length).toBeLessThan(60_000);
  });
});
