const FOLDERS: ReadonlyMap<string, string> = new Map([
  ['__MACOSX', 'macOS puts it into zip files'],
  ['.svn', 'version control, not part of the hand-in'],
  ['.hg', 'version control, not part of the hand-in'],
  ['.Trashes', 'what macOS has deleted'],
  ['.Spotlight-V100', 'an index of macOS'],
  ['.fseventsd', 'a record of macOS'],
  ['$RECYCLE.BIN', 'what Windows has deleted'],
  ['System Volume Information', 'Windows keeps restore points in it'],
  ['lost+found', 'what the file system has found'],
  ['@eaDir', 'a network storage keeps previews in it'],
  ['.TemporaryItems', 'what macOS keeps for a while'],
  ['.DocumentRevisions-V100', 'former versions that macOS keeps'],
  ['.AppleDouble', 'macOS keeps extra attributes in it'],
  ['.cache', 'what programs keep for themselves'],
  ['.config', 'settings of programs'],
  ['.local', 'what programs keep for themselves'],
  ['.jupyter', 'settings of Jupyter'],
  ['.ipython', 'settings of IPython'],
  ['.matplotlib', 'settings of Matplotlib'],
  ['.keras', 'settings and data of Keras'],
  ['.quarto', 'what Quarto keeps for itself'],
  ['.tox', 'environments of tests'],
  ['.ruff_cache', 'results that ruff keeps for itself'],
  ['.vs', 'settings of an editor'],
  ['.devcontainer', 'settings of an editor'],
  ['.github', 'settings of GitHub'],
  ['.pytest_cache', 'results that pytest keeps for itself'],
  ['.mypy_cache', 'results that mypy keeps for itself'],
  ['.virtual_documents', 'files that Jupyter keeps for itself'],
  ['.git', 'version control, not part of the hand-in'],
  ['.ipynb_checkpoints', 'copies that Jupyter keeps for itself'],
  ['__pycache__', 'compiled Python'],
  ['node_modules', 'installed packages'],
  ['.venv', 'a Python environment'],
  ['venv', 'a Python environment'],
  ['.Rproj.user', 'settings of RStudio'],
  ['.idea', 'settings of an editor'],
  ['.vscode', 'settings of an editor'],
]);

const FILES: ReadonlyMap<string, string> = new Map([
  ['.DS_Store', 'macOS keeps folder settings in it'],
  ['Thumbs.db', 'Windows keeps previews in it'],
  ['ehthumbs.db', 'Windows keeps previews in it'],
  ['desktop.ini', 'Windows keeps folder settings in it'],
  ['.Rhistory', 'commands that R remembers'],
  ['.RData', 'a saved R session'],
  ['.gitignore', 'version control, not part of the hand-in'],
  ['.gitkeep', 'version control, not part of the hand-in'],
]);

/** Windows and macOS do not tell upper from lower case, and programs write these names in either. */
const FOLDERS_FOLDED = folded(FOLDERS);
const FILES_FOLDED = folded(FILES);

function folded(names: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...names].map(([name, why]) => [name.toLowerCase(), why]));
}

/** Why a folder of this name is not entered, or `null`. */
export function clutterFolder(name: string): string | null {
  return FOLDERS_FOLDED.get(name.toLowerCase()) ?? null;
}

/** Why a file at this path is not part of the work: its own name or a folder on the way; else `null`. */
export function clutterReason(path: string): string | null {
  const parts = path.split('/');
  const name = parts.pop() ?? '';
  for (const part of parts) {
    const why = clutterFolder(part);
    if (why !== null) return why;
  }
  if (name.startsWith('._')) return 'macOS keeps extra attributes in it';
  if (name.startsWith('~$')) return 'a lock file of an office program';
  return FILES_FOLDED.get(name.toLowerCase()) ?? null;
}
