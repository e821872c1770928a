import type { Lab, LabFileText } from '@labproof/lab';
import type { ArchivedFile } from '@labproof/class';
import { installScript } from './install-words.ts';
import type { Release } from './release.ts';

/**
 * The files of a Gradescope autograder: `setup.sh` runs once when the image is built, `run_autograder` for each
 * submission. A lab of the user's own travels with it in its `files`, keys included, and so does the tarball that installs
 * Labproof; students never see the image.
 */
export function gradescopeAutograder(
  lab: Lab,
  files: readonly LabFileText[],
  release: Release,
): ArchivedFile[] {
  const own = files.map(({ path, content }) => ({ path: `lab/${path}`, content }));
  const labs = own.length === 0 ? '' : ' --labs "$ROOT/source/lab"';
  const datasets = [...new Set(lab.exercises.map(({ recipe }) => recipe.dataset))];
  return [
    { path: 'setup.sh', content: setup(labs, datasets, release), executable: true },
    { path: 'run_autograder', content: run(labs, lab.id), executable: true },
    ...(release.kind === 'file' ? [{ path: release.name, content: release.content }] : []),
    ...own,
  ];
}

const HEAD = `#!/usr/bin/env bash
ROOT="\${AUTOGRADER:-/autograder}"
LABPROOF="\${LABPROOF:-labproof}"
export LABPROOF_DATA="\${LABPROOF_DATA:-$ROOT/data}"
export LABPROOF_CACHE="\${LABPROOF_CACHE:-$ROOT/cache}"
`;

function setup(labs: string, datasets: readonly string[], release: Release): string {
  return `${HEAD}set -e
apt-get update
apt-get install -y ca-certificates curl
curl -fsSL https://deb.nodesource.com/setup_22.x | bash -
apt-get install -y nodejs
cd "$ROOT/source"
${installScript(release)}${pull(labs, datasets)}`;
}

/** A lab that is answered in words alone needs none; `pull` without names would fetch all that there are. */
function pull(labs: string, datasets: readonly string[]): string {
  if (datasets.length === 0) return '';
  return `# Data that comes from files of your own: add "datasets add NAME FOLDER" instead.
$LABPROOF${labs} datasets pull ${datasets.join(' ')}
`;
}

function run(labs: string, id: string): string {
  return `${HEAD}mkdir -p "$ROOT/results"
rm -rf "$ROOT/graded" "$ROOT/exported"
$LABPROOF${labs} grade "$ROOT/submission" --lab ${id} --out "$ROOT/graded" --jobs 1
$LABPROOF${labs} export "$ROOT/graded" --format gradescope --out "$ROOT/exported"
if [ -f "$ROOT/exported/gradescope/submission/results.json" ]; then
  cp "$ROOT/exported/gradescope/submission/results.json" "$ROOT/results/results.json"
else
  # Without a score Gradescope reports a failure of the autograder, and gives no zero.
  echo '{"output": "This could not be graded, and that is no fault of yours. Your instructor finds the reason in the log."}' > "$ROOT/results/results.json"
fi
`;
}
