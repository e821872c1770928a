const FOLDERS: ReadonlyMap<string, string> = new Map([
  ['__MACOSX', 'macOS puts it into zip files'],
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

/** Why a folder of this name is not entered, or `null`. */
export function clutterFolder(name: string): string | null {
  return FOLDERS.get(name) ?? null;
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
  return FILES.get(name) ?? null;
}
