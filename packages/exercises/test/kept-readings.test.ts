import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Lab, LabFolder } from '@labproof/lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkKinds } from '../../grader/src/checks/registry.ts';
import { KeptReadings, Labs } from '../src/index.ts';
import { keepReading } from '../src/kept-readings.ts';
import { readLabFolder } from '../src/read-folder.ts';

let folder: string;
let whole: readonly Lab[];
const labs = new Labs(checkKinds);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'labproof-kept-readings-'));
  whole = labs.list();
  for (const { name, text } of labs.keep()) writeFileSync(join(folder, name), text);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('kept readings', () => {
  it('of Labproof’s labs are what reading them gives, down to absent fields and order', () => {
    const kept = new KeptReadings(folder);
    for (const lab of whole) {
      const found = kept.find(readLabFolder(labs.folderOf(lab.id)));
      expect(found).toStrictEqual(lab);
      expect(JSON.stringify(found)).toBe(JSON.stringify(lab));
    }
    expect(new Labs(checkKinds, kept).list()).toStrictEqual(whole);
  });

  it('are taken for the very same files alone', () => {
    const kept = new KeptReadings(folder);
    const real = readLabFolder(labs.folderOf('keras-cnn-workbook'));
    expect(kept.find(real)).not.toBeNull();
    const bands = 'bands/mnist-cnn-2x2.json';
    const bytes = Uint8Array.from(real.files.get(bands) ?? []);
    bytes[bytes.length - 1] = 0x20;
    const others: readonly Partial<LabFolder>[] = [
      { files: new Map([...real.files, [bands, bytes]]) },
      { files: new Map([...real.files].filter(([path]) => path !== bands)) },
      { files: new Map([...real.files, ['questions/q9.md', new Uint8Array()]]) },
      { entries: [...real.entries, 'question'] },
      { name: 'another' },
    ];
    for (const other of others) expect(kept.find({ ...real, ...other })).toBeNull();
    // Cut differently, the same bytes are other files.
    const [first = '', second = ''] = [...real.files.keys()];
    const moved = new Map(real.files);
    const text = real.files.get(first) ?? new Uint8Array();
    moved.set(first, text.subarray(0, -1));
    moved.set(second, Buffer.concat([text.subarray(-1), real.files.get(second) ?? text]));
    expect(kept.find({ ...real, files: moved })).toBeNull();
  });

  it('that are damaged, or not there, are none', () => {
    const real = readLabFolder(labs.folderOf('keras-cnn-workbook'));
    const { name, text } = keepReading(real, labs.find('keras-cnn-workbook'));
    const own = mkdtempSync(join(tmpdir(), 'labproof-kept-readings-'));
    const kept = new KeptReadings(own);
    expect(kept.find(real)).toBeNull();
    for (const damaged of ['', 'null', '{}', text.slice(0, 1000)]) {
      writeFileSync(join(own, name), damaged);
      expect(kept.find(real)).toBeNull();
    }
    writeFileSync(join(own, name), readFileSync(join(folder, name)));
    expect(kept.find(real)).not.toBeNull();
    rmSync(own, { recursive: true, force: true });
  });
});
