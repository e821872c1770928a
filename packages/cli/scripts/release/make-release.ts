import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extract } from 'tar';
import { z } from 'zod';
import { ORDER } from '../house/order.ts';
import { type KernelPackage, kernelPackages } from './kernel-packages.ts';

const ManifestSchema = z.looseObject({
  name: z.string(),
  version: z.string(),
  dependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
  peerDependencies: z.record(z.string(), z.string()).optional(),
  peerDependenciesMeta: z.record(z.string(), z.unknown()).optional(),
  os: z.array(z.string()).optional(),
  cpu: z.array(z.string()).optional(),
  libc: z.array(z.string()).optional(),
});
type Manifest = z.infer<typeof ManifestSchema>;

const PackedSchema = z.array(z.object({ name: z.string(), filename: z.string() })).min(1);

interface Release {
  readonly version: string;
  /** The tarball that installs the command by itself. */
  readonly file: string;
  /** The tarballs of all packages, each after those that it needs. */
  readonly packages: readonly string[];
}

/**
 * Writes the tarballs of a built checkout: in `packages/` each package as a registry gets it, and beside it one that
 * installs the command with all packages of ours in it, whose other dependencies alone come from a registry, and with
 * the kernels of every system that are in `prebuilt`. `SHA256SUMS` and `release.json` say what they must be. The same build gives the same bytes.
 */
export function makeRelease(
  root: string,
  { out, prebuilt }: { readonly out: string; readonly prebuilt: string },
): Release {
  rmSync(out, { recursive: true, force: true });
  const packages = join(out, 'packages');
  mkdirSync(packages, { recursive: true });
  const work = mkdtempSync(join(tmpdir(), 'labproof-release-'));
  try {
    const tarballs = ORDER.flat().map((name) =>
      npmPack(root, [`--workspace=packages/${name}`], packages),
    );
    const { version } = readManifest(join(root, 'packages/cli'));
    const kernels = kernelPackages({ root, prebuilt, version }, work);
    const ofKernels = kernels.map(({ folder }) => npmPack(folder, [], packages));
    const whole = npmPack(stage(packages, [...ofKernels, ...tarballs], work), [], out);
    if (kernels.length > 0) nameKernels(packages, kernels, version, work);
    const release: Release = {
      version,
      file: whole,
      packages: [...ofKernels, ...tarballs].map((file) => `packages/${file}`),
    };
    const files = [whole, ...release.packages];
    const sums = files.map((file) => ({ file, ...digestsOf(readFileSync(join(out, file))) }));
    writeFileSync(
      join(out, 'SHA256SUMS'),
      sums.map(({ file, sha256 }) => `${sha256}  ${file}\n`).join(''),
    );
    writeFileSync(
      join(out, 'release.json'),
      `${JSON.stringify({ name: 'labproof', version, file: whole, files: sums }, null, 2)}\n`,
    );
    return release;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * Packs `@labproof/core` again with the packages of kernels as what it may do without, of which npm takes the one that
 * fits. Neither the checkout nor the tarball that installs by itself names them: whoever asks a registry for a name that
 * is not ours there gets what a stranger has put under it.
 */
function nameKernels(
  packages: string,
  kernels: readonly KernelPackage[],
  version: string,
  work: string,
): void {
  const folder = join(work, 'core-with-kernels');
  mkdirSync(folder);
  extract({
    file: join(packages, `labproof-core-${version}.tgz`),
    cwd: folder,
    strip: 1,
    sync: true,
  });
  const optionalDependencies = Object.fromEntries(kernels.map(({ name }) => [name, version]));
  const manifest = { ...readManifest(folder), optionalDependencies };
  writeFileSync(
    join(folder, 'package.json'),
    `${JSON.stringify(manifest, null, 2)}
`,
  );
  npmPack(folder, ['--ignore-scripts'], packages);
}

/** The command's package with all others in its `node_modules`, as npm bundles them. */
function stage(packages: string, tarballs: readonly string[], work: string): string {
  const unpacked = tarballs.map((file, index) => {
    const cwd = join(work, String(index));
    mkdirSync(cwd);
    extract({ file: join(packages, file), cwd, strip: 1, sync: true });
    return { folder: cwd, manifest: readManifest(cwd) };
  });
  const command = unpacked.find(({ manifest }) => manifest.name === 'labproof');
  if (command === undefined) throw new Error('the command is not among the packages');
  const others = unpacked.filter((one) => one !== command);
  for (const { folder, manifest } of others) {
    withoutPlatform(folder, manifest);
    cpSync(folder, join(command.folder, 'node_modules', manifest.name), { recursive: true });
  }
  const manifest = bundled(
    command.manifest,
    others.map((one) => one.manifest),
  );
  writeFileSync(join(command.folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return command.folder;
}

/** Kernels of every system travel in one tarball, so none of them may be left out or refused by npm. */
function withoutPlatform(folder: string, { os, cpu, libc, ...manifest }: Manifest): void {
  if (os === undefined && cpu === undefined && libc === undefined) return;
  writeFileSync(
    join(folder, 'package.json'),
    `${JSON.stringify(manifest, null, 2)}
`,
  );
}

/** What the bundled packages need from a registry, the command needs itself. */
function bundled(command: Manifest, others: readonly Manifest[]): Record<string, unknown> {
  const all = [...others, command];
  const { scripts: _, devDependencies: __, ...kept } = command;
  const dependencies: Record<string, string> = {};
  for (const [name, version] of all.flatMap((one) => Object.entries(one.dependencies))) {
    if ((dependencies[name] ?? version) !== version) {
      throw new Error(
        `two versions of ${name} are asked for: ${dependencies[name]} and ${version}`,
      );
    }
    dependencies[name] = version;
  }
  // npm bundles only what is needed; nobody needs the kernels of every system.
  for (const { name, version } of others) dependencies[name] = version;
  return {
    ...kept,
    dependencies: Object.fromEntries(Object.entries(dependencies).toSorted()),
    peerDependencies: Object.assign({}, ...all.map((one) => one.peerDependencies ?? {})),
    peerDependenciesMeta: Object.assign({}, ...all.map((one) => one.peerDependenciesMeta ?? {})),
    bundleDependencies: others.map(({ name }) => name).toSorted(),
  };
}

function npmPack(cwd: string, options: readonly string[], to: string): string {
  const json = execFileSync('npm', ['pack', '--json', '--pack-destination', to, ...options], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 64 * 2 ** 20,
  });
  // Scripts of a package print before the JSON.
  const [packed] = PackedSchema.parse(JSON.parse(json.slice(json.search(/^\[/mu))));
  if (packed === undefined) throw new Error(`npm packed nothing in ${cwd}`);
  return packed.filename.replace('@', '').replace('/', '-');
}

function readManifest(folder: string): Manifest {
  return ManifestSchema.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
}

function digestsOf(bytes: Uint8Array): { bytes: number; sha256: string; integrity: string } {
  const digest = (algorithm: string, form: 'hex' | 'base64'): string =>
    createHash(algorithm).update(bytes).digest(form);
  return {
    bytes: bytes.length,
    sha256: digest('sha256', 'hex'),
    integrity: `sha512-${digest('sha512', 'base64')}`,
  };
}
