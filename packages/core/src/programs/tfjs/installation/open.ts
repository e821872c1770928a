import { coreError } from '../../../errors/core-errors.ts';
import { LabproofError } from '../../../errors/labproof-error.ts';
import type { ModelPlan } from '../../../model/plan.ts';
import { HOW_TO_ADD } from './advice.ts';
import { type BackendPackages, findBackend, searchRoots } from './packages.ts';
import { obstacleToTraining } from '../supported.ts';
import { backendsOf, type TfjsBackend, type TfjsEngineName } from './names.ts';
import type { TensorFlow, TfjsEngine } from '../tensorflow.ts';
import { reasonOf } from '../../../errors/reason.ts';

/** Search roots can be given for tests. */
interface OpenOptions {
  readonly roots?: readonly NodeJS.Require[];
}

/**
 * Loads TensorFlow.js with the first backend of this name that is installed and has every kernel that training this
 * network needs.
 *
 * @throws LabproofError `tfjs-not-installed`, `tfjs-not-loading` or `tfjs-cannot-train`, for the instructor
 */
export async function openTfjs(
  name: TfjsEngineName,
  model: ModelPlan,
  { roots = searchRoots() }: OpenOptions = {},
): Promise<TfjsEngine> {
  let refusal: LabproofError | null = null;
  for (const backend of backendsOf(name)) {
    try {
      const engine = await loadBackend(backend, roots);
      const obstacle = obstacleToTraining(engine, model);
      if (obstacle === null) return engine;
      refusal = obstacle;
    } catch (error) {
      if (!(error instanceof LabproofError)) throw error;
      // What is installed and fails says more than what is absent.
      if (refusal === null || error.code !== 'tfjs-not-installed') refusal = error;
    }
  }
  throw refusal ?? new Error(`the engine ${name} has no backend`);
}

/** Loads one backend and makes it the current one of its TensorFlow.js. */
export async function loadBackend(
  backend: TfjsBackend,
  roots: readonly NodeJS.Require[] = searchRoots(),
): Promise<TfjsEngine> {
  const packages = findBackend(backend, roots);
  if (packages === null) {
    throw coreError('tfjs-not-installed', {
      message: `The engine "tfjs:${backend}" cannot be used: its packages do not lie beside Labproof, and no folder that --tensorflow names has them.`,
      fix: `${HOW_TO_ADD[backend]} Or leave --engine out: the built-in engines need nothing.`,
    });
  }
  try {
    // TensorFlow's own log lines would stand between those of the command; warnings and errors stay.
    if (backend === 'tensorflow') process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '1';
    const tf = load(packages);
    // Switches off the checks of every tensor, and advice on the console.
    tf.enableProdMode();
    if (!(await tf.setBackend(backend))) throw new Error('the backend does not start');
    await tf.ready();
    return { tf, backend, versions: versionsOf(tf, packages) };
  } catch (cause) {
    throw coreError('tfjs-not-loading', {
      message: `The engine "tfjs:${backend}" cannot be used: ${packages[0].name} ${packages[0].version} in ${packages[0].directory} does not load: ${reasonOf(cause)}.`,
      fix: `${HOW_TO_ADD[backend]} Or leave --engine out: the built-in engines need nothing.`,
      cause,
    });
  }
}

function load([main, ...others]: BackendPackages): TensorFlow {
  const tf = main.require(main.name) as TensorFlow;
  for (const { require, name } of others) require(name);
  return tf;
}

/** What tfjs-node's backend tells about the library below it. */
interface NodeBinding {
  readonly TF_Version?: string;
}

function versionsOf(tf: TensorFlow, packages: BackendPackages): Record<string, string> {
  const versions: Record<string, string> = { 'tfjs-core': tf.version['tfjs-core'] };
  for (const { name, version } of packages) versions[name] = version;
  const backend = tf.backend() as { binding?: NodeBinding; isUsingGpuDevice?: boolean };
  if (backend.binding?.TF_Version !== undefined) {
    versions['libtensorflow'] = backend.binding.TF_Version;
    versions['device'] = backend.isUsingGpuDevice === true ? 'gpu' : 'cpu';
  }
  return versions;
}
