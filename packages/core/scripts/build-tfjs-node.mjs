/*
 * Builds the native part of @tensorflow/tfjs-node against the TensorFlow of a Python installation, for Linux machines
 * on which the package's own install script cannot download libtensorflow:
 *
 *   npm install --ignore-scripts @tensorflow/tfjs-node@4.22.0
 *   pip install tensorflow-cpu==2.21.0
 *   node packages/core/scripts/build-tfjs-node.mjs node_modules/@tensorflow/tfjs-node \
 *     "$(python -c 'import tensorflow; print(tensorflow.sysconfig.get_lib())')"
 *
 * Needs a C++ compiler (CXX, c++, g++ or clang++) and npm's node-api-headers. Nothing is downloaded.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The newest Node-API that tfjs-node 4.22 is built for; every Node from 18 on has it. */
const NODE_API = 8;

const [packageDirectory, tensorflowDirectory] = process.argv.slice(2);
if (packageDirectory === undefined || tensorflowDirectory === undefined) {
  fail('it takes two folders: that of @tensorflow/tfjs-node, and that of Python’s tensorflow');
}
if (process.platform !== 'linux') fail(`it is for Linux, and this is ${process.platform}`);
const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((file) =>
  path.join(packageDirectory, 'binding', file),
);
const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];
const header = path.join(tensorflowDirectory, 'include', 'tensorflow', 'c', 'eager', 'c_api.h');
for (const file of [
  ...sources,
  header,
  ...libraries.map((name) => path.join(tensorflowDirectory, name)),
]) {
  if (!existsSync(file)) fail(`${file} is not there`);
}

const target = path.join(packageDirectory, 'lib', `napi-v${NODE_API}`, 'tfjs_binding.node');
mkdirSync(path.dirname(target), { recursive: true });
const nodeHeaders = path.dirname(
  createRequire(import.meta.url).resolve('node-api-headers/include/node_api.h'),
);
const library = path.resolve(tensorflowDirectory);
execFileSync(
  process.env.CXX || 'c++',
  [
    '-O2',
    '-std=c++17',
    '-shared',
    '-fPIC',
    `-DNAPI_VERSION=${NODE_API}`,
    `-I${nodeHeaders}`,
    `-I${path.join(library, 'include')}`,
    `-I${path.resolve(packageDirectory, '..')}`,
    ...sources,
    '-o',
    target,
    `-L${library}`,
    ...libraries.map((name) => `-l:${name}`),
    `-Wl,-rpath,${library}`,
  ],
  { stdio: 'inherit' },
);
console.log(`${target}: built against TensorFlow in ${library}`);

function fail(why) {
  console.error(`build-tfjs-node: ${why}`);
  process.exit(2);
}
