import type { z } from 'zod';
import type { CheckKinds } from '../checks/check-kinds.ts';
import { type LabFolder, textOf } from './lab-folder.ts';
import { type LabForms, labForms } from './lab-forms.ts';
import { LocatedYaml } from './located-yaml.ts';
import type { LabProblem, Place } from './problem.ts';
import { type FilePart, schemaProblems } from './schema-problems.ts';
import { cutTexts, yamlProblems } from './yaml-problems.ts';

/** The files of a lab while they are read, and what was found wrong with them so far. */
export class LabSource {
  readonly folder: LabFolder;
  readonly checks: CheckKinds;
  readonly forms: LabForms;
  readonly problems: LabProblem[] = [];
  /** What is not wrong, and what the author should know. */
  readonly notes: LabProblem[] = [];

  constructor(folder: LabFolder, checks: CheckKinds) {
    this.folder = folder;
    this.checks = checks;
    this.forms = labForms(checks);
  }

  report(place: Place, message: string, instead = ''): void {
    this.problems.push({ ...place, message, instead });
  }

  has(file: string): boolean {
    return this.folder.files.has(file);
  }

  /** The paths of the files in one of the lab's folders. */
  filesIn(folder: string): readonly string[] {
    return [...this.folder.files.keys()].filter((file) => file.startsWith(`${folder}/`));
  }

  /** The text of a file; `null`, with a problem, where it cannot be had. */
  text(file: string): string | null {
    const bytes = this.folder.files.get(file);
    if (bytes === undefined) return null;
    const text = textOf(bytes);
    if (text === null) this.report(headOf(file), 'this is no UTF-8 text', 'Save it as UTF-8.');
    return text;
  }

  /** A file, or a part of one, as YAML; `null`, with its problems, where it cannot be read. */
  yaml(file: string, text: string | null, firstLine = 1): LocatedYaml | null {
    if (text === null) return null;
    const yaml = new LocatedYaml(file, text, firstLine);
    this.problems.push(...yamlProblems(yaml));
    if (yaml.errors.length > 0) return null;
    if (!file.endsWith('.json')) this.notes.push(...cutTexts(yaml));
    return yaml;
  }

  /** The whole of a file in a form; `null`, with its problems, where it has another. */
  parse<S extends z.ZodType>(
    yaml: LocatedYaml,
    schema: S,
    hints: FilePart['hints'] = {},
  ): z.output<S> | null {
    const parsed = schema.safeParse(yaml.value);
    if (parsed.success) return parsed.data;
    this.problems.push(...schemaProblems({ yaml, path: [], schema, hints }, parsed.error.issues));
    return null;
  }
}

/** The first character of a file. */
export function headOf(file: string): Place {
  return { file, line: 1, column: 1 };
}
