import type { z } from 'zod';
import { LocatedYaml } from './located-yaml.ts';
import { inOrder, type LabProblem } from './problem.ts';
import { schemaProblems } from './schema-problems.ts';
import { cutTexts, yamlProblems } from './yaml-problems.ts';

/** A file of YAML in a form. */
export interface YamlReading<T> {
  /** `null` where there are problems. */
  readonly value: T | null;
  /** Everything that is wrong, by line and column. */
  readonly problems: readonly LabProblem[];
}

/**
 * Reads a file that a person writes, as the files of labs are read: every mistake at once, unknown fields with the name
 * that was meant, and texts that YAML cuts off at `#`.
 */
export function readYaml<S extends z.ZodType>(
  file: string,
  text: string,
  schema: S,
): YamlReading<z.output<S>> {
  const yaml = new LocatedYaml(file, text);
  const wrong = [...yamlProblems(yaml), ...cutTexts(yaml)];
  if (yaml.errors.length > 0) return { value: null, problems: inOrder(wrong) };
  const parsed = schema.safeParse(yaml.value);
  const problems = inOrder([
    ...wrong,
    ...(parsed.success ? [] : schemaProblems({ yaml, path: [], schema }, parsed.error.issues)),
  ]);
  return { value: parsed.success && problems.length === 0 ? parsed.data : null, problems };
}
