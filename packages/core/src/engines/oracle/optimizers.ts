import type { OptimizerKernels } from '../kernels/optimizers.ts';
import type { OracleMemory } from './memory.ts';

const f = Math.fround;

export function optimizerKernels(memory: OracleMemory): OptimizerKernels {
  return {
    sgd(w, g, velocity, length, learningRate, momentum, nesterov) {
      const x = memory.floats;
      const rate = f(learningRate);
      const inertia = f(momentum);
      for (let i = 0; i < length; i++) {
        const step = f(rate * x[g / 4 + i]!);
        if (inertia === 0) {
          x[w / 4 + i] = x[w / 4 + i]! - step;
          continue;
        }
        const v = f(f(inertia * x[velocity / 4 + i]!) - step);
        x[velocity / 4 + i] = v;
        x[w / 4 + i] = x[w / 4 + i]! + (nesterov === 0 ? v : f(f(inertia * v) - step));
      }
    },

    rmsprop(w, g, a, length, learningRate, rho, epsilon) {
      const x = memory.floats;
      const rate = f(learningRate);
      const keep = f(rho);
      const take = f(1 - keep);
      for (let i = 0; i < length; i++) {
        const gradient = x[g / 4 + i]!;
        const mean = f(f(keep * x[a / 4 + i]!) + f(take * f(gradient * gradient)));
        x[a / 4 + i] = mean;
        const step = f(f(rate * gradient) / f(f(Math.sqrt(mean)) + f(epsilon)));
        x[w / 4 + i] = x[w / 4 + i]! - step;
      }
    },

    rmspropInside(w, g, a, mean, velocity, length, learningRate, rho, momentum, epsilon, centered) {
      const x = memory.floats;
      const rate = f(learningRate);
      const keep = f(rho);
      const take = f(1 - keep);
      const inertia = f(momentum);
      for (let i = 0; i < length; i++) {
        const gradient = x[g / 4 + i]!;
        const square = f(f(keep * x[a / 4 + i]!) + f(take * f(gradient * gradient)));
        x[a / 4 + i] = square;
        let spread = square;
        if (centered !== 0) {
          const middle = f(f(keep * x[mean / 4 + i]!) + f(take * gradient));
          x[mean / 4 + i] = middle;
          spread = f(square - f(middle * middle));
        }
        let step = f(f(rate * gradient) / f(Math.sqrt(f(spread + f(epsilon)))));
        if (inertia > 0) {
          step = f(f(inertia * x[velocity / 4 + i]!) + step);
          x[velocity / 4 + i] = step;
        }
        x[w / 4 + i] = x[w / 4 + i]! - step;
      }
    },

    adam(w, g, m, v, length, stepSize, beta1, beta2, epsilon) {
      const x = memory.floats;
      const keepFirst = f(beta1);
      const takeFirst = f(1 - keepFirst);
      const keepSecond = f(beta2);
      const takeSecond = f(1 - keepSecond);
      for (let i = 0; i < length; i++) {
        const gradient = x[g / 4 + i]!;
        const first = f(f(keepFirst * x[m / 4 + i]!) + f(takeFirst * gradient));
        const second = f(f(keepSecond * x[v / 4 + i]!) + f(takeSecond * f(gradient * gradient)));
        x[m / 4 + i] = first;
        x[v / 4 + i] = second;
        const step = f(f(f(stepSize) * first) / f(f(Math.sqrt(second)) + f(epsilon)));
        x[w / 4 + i] = x[w / 4 + i]! - step;
      }
    },

    generalAdam(
      w,
      g,
      m,
      v,
      top,
      length,
      stepSize,
      beta1,
      take1,
      beta2,
      take2,
      rootDivisor,
      epsilon,
      amsgrad,
    ) {
      const x = memory.floats;
      for (let i = 0; i < length; i++) {
        const gradient = x[g / 4 + i]!;
        const first = f(f(f(beta1) * x[m / 4 + i]!) + f(f(take1) * gradient));
        const second = f(f(f(beta2) * x[v / 4 + i]!) + f(f(take2) * f(gradient * gradient)));
        x[m / 4 + i] = first;
        x[v / 4 + i] = second;
        let largest = second;
        if (amsgrad !== 0) {
          const before = x[top / 4 + i]!;
          largest = before > second ? before : second;
          x[top / 4 + i] = largest;
        }
        const root = f(f(Math.sqrt(largest)) / f(rootDivisor));
        x[w / 4 + i] = x[w / 4 + i]! - f(f(f(stepSize) * first) / f(root + f(epsilon)));
      }
    },

    torchSgd(w, g, buffer, length, learningRate, momentum, take, nesterov) {
      const x = memory.floats;
      const rate = f(learningRate);
      const inertia = f(momentum);
      for (let i = 0; i < length; i++) {
        const gradient = x[g / 4 + i]!;
        if (inertia === 0) {
          x[w / 4 + i] = x[w / 4 + i]! - f(rate * gradient);
          continue;
        }
        const moved = f(f(inertia * x[buffer / 4 + i]!) + f(f(take) * gradient));
        x[buffer / 4 + i] = moved;
        const step = nesterov === 0 ? moved : f(gradient + f(inertia * moved));
        x[w / 4 + i] = x[w / 4 + i]! - f(rate * step);
      }
    },

    torchRmsprop(
      w,
      g,
      a,
      mean,
      buffer,
      length,
      learningRate,
      alpha,
      take,
      momentum,
      epsilon,
      centered,
    ) {
      const x = memory.floats;
      const inertia = f(momentum);
      for (let i = 0; i < length; i++) {
        const gradient = x[g / 4 + i]!;
        const square = f(f(f(alpha) * x[a / 4 + i]!) + f(f(take) * f(gradient * gradient)));
        x[a / 4 + i] = square;
        let spread = square;
        if (centered !== 0) {
          const before = x[mean / 4 + i]!;
          const middle = f(before + f(f(take) * f(gradient - before)));
          x[mean / 4 + i] = middle;
          spread = f(square - f(middle * middle));
        }
        let step = f(gradient / f(f(Math.sqrt(spread)) + f(epsilon)));
        if (inertia > 0) {
          step = f(f(inertia * x[buffer / 4 + i]!) + step);
          x[buffer / 4 + i] = step;
        }
        x[w / 4 + i] = x[w / 4 + i]! - f(f(learningRate) * step);
      }
    },

    nadam(w, g, m, v, length, momentFactor, gradientFactor, varianceFactor, beta1, beta2, epsilon) {
      const x = memory.floats;
      const keepFirst = f(beta1);
      const takeFirst = f(1 - keepFirst);
      const keepSecond = f(beta2);
      const takeSecond = f(1 - keepSecond);
      for (let i = 0; i < length; i++) {
        const gradient = x[g / 4 + i]!;
        const first = f(f(keepFirst * x[m / 4 + i]!) + f(takeFirst * gradient));
        const second = f(f(keepSecond * x[v / 4 + i]!) + f(takeSecond * f(gradient * gradient)));
        x[m / 4 + i] = first;
        x[v / 4 + i] = second;
        const numerator = f(f(f(momentFactor) * first) + f(f(gradientFactor) * gradient));
        const root = f(Math.sqrt(f(second * f(varianceFactor))));
        x[w / 4 + i] = x[w / 4 + i]! - f(numerator / f(root + f(epsilon)));
      }
    },

    adamax(w, g, m, u, length, stepSize, beta1, beta2, epsilon) {
      const x = memory.floats;
      const keepFirst = f(beta1);
      const takeFirst = f(1 - keepFirst);
      for (let i = 0; i < length; i++) {
        const gradient = x[g / 4 + i]!;
        const first = f(f(keepFirst * x[m / 4 + i]!) + f(takeFirst * gradient));
        const faded = f(f(beta2) * x[u / 4 + i]!);
        const magnitude = Math.abs(gradient);
        const largest = faded > magnitude ? faded : magnitude;
        x[m / 4 + i] = first;
        x[u / 4 + i] = largest;
        const step = f(f(f(stepSize) * first) / f(largest + f(epsilon)));
        x[w / 4 + i] = x[w / 4 + i]! - step;
      }
    },

    adagrad(w, g, a, length, learningRate, epsilon, inside) {
      const x = memory.floats;
      const small = f(epsilon);
      for (let i = 0; i < length; i++) {
        const gradient = x[g / 4 + i]!;
        const sum = f(x[a / 4 + i]! + f(gradient * gradient));
        x[a / 4 + i] = sum;
        const root = inside === 0 ? f(f(Math.sqrt(sum)) + small) : f(Math.sqrt(f(sum + small)));
        x[w / 4 + i] = x[w / 4 + i]! - f(f(f(learningRate) * gradient) / root);
      }
    },

    adadelta(w, g, a, d, length, learningRate, rho, epsilon) {
      const x = memory.floats;
      const rate = f(learningRate);
      const keep = f(rho);
      const take = f(1 - keep);
      const small = f(epsilon);
      for (let i = 0; i < length; i++) {
        const gradient = x[g / 4 + i]!;
        const mean = f(f(keep * x[a / 4 + i]!) + f(take * f(gradient * gradient)));
        x[a / 4 + i] = mean;
        const delta = x[d / 4 + i]!;
        const update = f(
          f(gradient * f(Math.sqrt(f(delta + small)))) / f(Math.sqrt(f(mean + small))),
        );
        x[w / 4 + i] = x[w / 4 + i]! - f(rate * update);
        x[d / 4 + i] = f(keep * delta) + f(take * f(update * update));
      }
    },
  };
}
