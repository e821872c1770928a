/** PyTorch's modules by Keras's names of activations, where both compute the same. */
const MODULES: Readonly<Record<string, string>> = {
  relu: 'nn.ReLU()',
  relu6: 'nn.ReLU6()',
  sigmoid: 'nn.Sigmoid()',
  tanh: 'nn.Tanh()',
  softmax: 'nn.Softmax(dim=1)',
  elu: 'nn.ELU()',
  selu: 'nn.SELU()',
  gelu: 'nn.GELU()',
  swish: 'nn.SiLU()',
  silu: 'nn.SiLU()',
  softplus: 'nn.Softplus()',
  softsign: 'nn.Softsign()',
  // Keras's string means this slope; the layer has another default.
  leaky_relu: 'nn.LeakyReLU(0.2)',
};

/** The module that computes an activation; none for the identity, `null` where there is no such module. */
export function activationModules(name: unknown): readonly string[] | null {
  if (name === undefined || name === null || name === 'linear') return [];
  const module =
    typeof name === 'string' && Object.hasOwn(MODULES, name) ? MODULES[name] : undefined;
  return module === undefined ? null : [module];
}
