import { z } from 'zod';

/** Some test images of a data set, in a file of their own. */
const PieceSchema = z.strictObject({
  path: z.string(),
  images: z.int(),
  /** What was done to the bytes before they were packed; see `packImages`. */
  filter: z.enum(['none', 'paeth']),
});

/** A data set whose test images the page brings along; training images stay where they are. */
const SiteDatasetSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  classes: z.array(z.string()),
  imageShape: z.tuple([z.int(), z.int(), z.int()]),
  digest: z.string(),
  count: z.int(),
  /** Labels, one byte each, packed. */
  labels: z.string(),
  pieces: z.array(PieceSchema),
});
export type SiteDataset = z.infer<typeof SiteDatasetSchema>;

/** A file out of several in one. */
const SliceSchema = z.strictObject({ path: z.string(), from: z.int(), to: z.int() });

/** What a built page is made of, whatever its lab. Paths are relative to the folder. */
export const AssetsSchema = z.strictObject({
  main: z.string(),
  style: z.string(),
  checkWorker: z.string(),
  poolWorker: z.string(),
  playgroundWorker: z.string(),
  /** Scripts that are loaded when they are needed, or before, so that nothing is loaded later. */
  scripts: z.array(z.string()),
  kernels: z.string(),
  /** One file with the fonts and style sheets of pages, and where each lies in it. */
  fonts: z.string(),
  fontFiles: z.array(SliceSchema),
  /** SHA-256 of every file. */
  files: z.record(z.string(), z.string()),
});
export type Assets = z.infer<typeof AssetsSchema>;

/** `site.json`: what a page needs to know of its folder. */
const SiteSchema = z.strictObject({
  labproof: z.string(),
  /** Another one for any other content. */
  digest: z.string(),
  title: z.string(),
  lab: z.string(),
  assets: AssetsSchema,
  datasets: z.array(SiteDatasetSchema),
  /** SHA-256 of every file but `index.html`, `site.json` and the service worker. */
  files: z.record(z.string(), z.string()),
});
export type Site = z.infer<typeof SiteSchema>;
