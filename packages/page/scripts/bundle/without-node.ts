import { builtinModules } from 'node:module';
import type { Plugin } from 'esbuild';

const BUILTINS = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]));

/**
 * Leaves modules of Node out of what nobody in a browser calls. What a package puts in their place for browsers comes first;
 * an import that is left over in the end is an error of the build.
 */
export function withoutNode(): Plugin {
  return {
    name: 'without Node',
    setup(build) {
      build.onResolve({ filter: /.*/ }, async ({ path, pluginData, ...options }) => {
        if (!BUILTINS.has(path) || pluginData === 'asked') return undefined;
        const { errors } = await build.resolve(path, { ...options, pluginData: 'asked' });
        return errors.length === 0 ? undefined : { path, external: true, sideEffects: false };
      });
    },
  };
}
