import { z } from 'zod';

/** Notebooks hold text as one string or as a list of lines. */
const Text = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === 'string' ? value : value.join('')));
const Bundle = z.record(z.string(), z.unknown());

const OutputSchema = z.looseObject({
  output_type: z.string(),
  name: z.string().optional(),
  text: Text.optional().catch(undefined),
  data: Bundle.optional().catch(undefined),
  ename: z.string().optional().catch(undefined),
});
export type NotebookOutput = z.infer<typeof OutputSchema>;

const CellSchema = z.looseObject({
  cell_type: z.string(),
  source: Text.catch(''),
  attachments: z.record(z.string(), Bundle).nullish().catch(null),
  outputs: z.array(OutputSchema).catch([]).default([]),
});
export type NotebookCell = z.infer<typeof CellSchema>;

/** What is read of a notebook of format 4; everything else in it is passed over. */
export const NotebookSchema = z.looseObject({
  cells: z.array(CellSchema),
  metadata: z
    .looseObject({
      kernelspec: z.looseObject({ language: z.string().optional() }).optional(),
      language_info: z.looseObject({ name: z.string().optional() }).optional(),
    })
    .catch({})
    .default({}),
});

/** A text of a mime bundle, or `null`. */
export function bundleText(data: Readonly<Record<string, unknown>>, type: string): string | null {
  const parsed = Text.safeParse(data[type]);
  return parsed.success ? parsed.data : null;
}

/** The PNG or JPEG of a mime bundle, as a data URI. */
export function pictureOf(data: Readonly<Record<string, unknown>>): string | null {
  for (const type of ['image/png', 'image/jpeg']) {
    const content = bundleText(data, type);
    if (content !== null) return `data:${type};base64,${content.replaceAll(/\s/gu, '')}`;
  }
  return null;
}
