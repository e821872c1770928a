import { isPartOfUnread, savedName, unreadFormatOf, unreadFormatRefusal } from './unread-format.ts';
import type { Lab } from '@labproof/lab';
import type { FoundFile } from './found-file.ts';
import type { ModelFormat } from './model-format.ts';
import type { Refusal } from '../refusal.ts';
import { type Declaration, plainDeclaredPath } from './declaration.ts';
import { exerciseNamed, exerciseOfCopy } from './exercise-name.ts';
import { type SubmissionFiles, compareText } from './submission-files.ts';
import { submissionErrors } from '../errors.ts';

/** A submitted model, not yet read. */
export interface ModelFile {
  /** `null` while nothing says which exercise it is for. */
  readonly exercise: string | null;
  /** The exercise that its name says, where another file stands for it already; `null` for all others. */
  readonly rivalOf?: string | null;
  readonly path: string;
  readonly format: ModelFormat;
  /** Why it cannot be read as it stands: a declared file that is not there. */
  readonly refused: Refusal | null;
  /** The model and the weights files beside it. */
  readonly found: readonly FoundFile[];
}

/**
 * Finds the models: what `submission.json` names, then every `model.json`, `.keras`, `.h5`, `.pt`, `.pth`, `.safetensors` and `.onnx`.
 * The exercise is told by the folder or file name, marks of copies aside. At most one model stands for an exercise; a
 * second one is its rival, which reading them decides, unless `submission.json` has named the first.
 */
export function findModels(
  files: SubmissionFiles,
  lab: Lab,
  declaration: Declaration | null,
): readonly ModelFile[] {
  const models: ModelFile[] = [];
  const taken = new Set<string>();
  const used = new Set<string>();
  const declaredFor = new Set<string>();
  const add = (exercise: string | null, path: string, why: string): void => {
    used.add(path);
    const duplicate = exercise !== null && taken.has(exercise);
    if (exercise !== null) taken.add(exercise);
    models.push(
      describe(
        files,
        duplicate ? null : exercise,
        path,
        duplicate ? `${why}, but another model was taken for that exercise` : why,
        duplicate && !declaredFor.has(exercise) ? exercise : null,
      ),
    );
  };

  const declared = Object.entries(declaration?.models ?? {}).toSorted(([a], [b]) =>
    compareText(a, b),
  );
  for (const [name, declaredPath] of declared) {
    const exercise = exerciseNamed(name, lab);
    const path = modelAt(files, plainDeclaredPath(declaredPath));
    const why =
      exercise === null
        ? `submission.json names it for "${name}", which is no exercise of this lab`
        : `submission.json names it for ${exercise}`;
    add(exercise, path, why);
    if (exercise !== null) declaredFor.add(exercise);
  }
  const all = new Set(files.files.map(({ path }) => path));
  const paths = [...all]
    .filter((path) => (formatOf(path) ?? unreadFormatOf(path)) !== null && !used.has(path))
    .filter((path) => !isPartOfUnread(path, all))
    // The same order everywhere when an exercise has models in several formats.
    .toSorted((a, b) => rank(a) - rank(b) || compareText(a, b));
  for (const path of paths) {
    const named = nameFor(path, lab);
    add(
      named?.exercise ?? null,
      path,
      named?.why ?? 'its name is not the id of an exercise of this lab',
    );
  }
  return models.toSorted((a, b) => compareText(a.path, b.path));
}

function nameFor(path: string, lab: Lab): { exercise: string; why: string } | null {
  const parts = path.split('/');
  parts.pop();
  const stem = exerciseOfCopy(savedName(path), lab);
  if (stem !== null)
    return {
      exercise: stem,
      why: `the file is named after the exercise ${stem}`,
    };
  const folder = exerciseOfCopy(parts.at(-1) ?? '', lab);
  if (folder === null) return null;
  return {
    exercise: folder,
    why: `the folder is named after the exercise ${folder}`,
  };
}

/** What a file's name says about it; `null` when it is no model's. */
export function formatOf(path: string): ModelFormat | null {
  const parts = path.toLowerCase().split('/');
  const name = parts.at(-1) ?? '';
  if (name.endsWith('.keras')) return 'keras-v3';
  if (/\.(h5|hdf5)$/u.test(name)) return 'keras-h5';
  // `pytorch_model.bin` is what Hugging Face's save_pretrained wrote with torch.save.
  if (/\.(?:pt|pth|ckpt)$|(?:^|\/)pytorch_model[^/]*\.bin$/u.test(name)) return 'pytorch';
  if (name.endsWith('.safetensors')) return 'safetensors';
  if (name.endsWith('.onnx')) return 'onnx';
  const isTfjs = name === 'model.json' || (name.endsWith('.json') && parts.at(-2) === 'models');
  return isTfjs ? 'tfjs-layers-model' : null;
}

function rank(path: string): number {
  const format = formatOf(path);
  return format === null ? 2 : format === 'tfjs-layers-model' ? 0 : 1;
}

/** A declared folder stands for the `model.json` in it. */
function modelAt(files: SubmissionFiles, path: string): string {
  const inside = path === '' ? 'model.json' : `${path}/model.json`;
  return files.files.some((file) => file.path === inside) ? inside : path;
}

function describe(
  files: SubmissionFiles,
  exercise: string | null,
  path: string,
  why: string,
  rivalOf: string | null,
): ModelFile {
  const unread = formatOf(path) === null ? unreadFormatOf(path) : null;
  const format = formatOf(path) ?? unread?.format ?? 'tfjs-layers-model';
  const matched = exercise === null ? [] : [exercise];
  const there = files.files.some((file) => file.path === path);
  const refused = !there
    ? submissionErrors.remark('declared-file-missing', {
        message: `submission.json names the model ${path}, but there is no such file.`,
        fix: 'Add the file, or correct submission.json.',
      })
    : unread === null
      ? null
      : unreadFormatRefusal(path, unread);
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const weights = files.files
    .filter((file) => file.path.startsWith(folder) && !file.path.slice(folder.length).includes('/'))
    .filter((file) => format === 'tfjs-layers-model' && file.path.toLowerCase().endsWith('.bin'))
    .map((file): FoundFile => ({
      path: file.path,
      role: 'weights',
      matched,
      why: `it lies beside ${path}`,
    }));
  const found: FoundFile = {
    path,
    role: 'model',
    matched,
    why: refused === null ? why : `${why}; ${refused.message}`,
  };
  return {
    exercise,
    rivalOf,
    path,
    format,
    refused,
    found: [found, ...weights],
  };
}
