import { basename, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DatasetCatalogue, type IdxDataset, idxDataset } from '@labproof/core';
import {
  CheckKinds,
  type Lab,
  type LabFileText,
  labFiles,
  type LabProblem,
  readLab,
} from '@labproof/lab';
import { damagedLab, installedBands, labIdTaken, unknownName, wrongLab } from './errors.ts';
import { type KeptFile, keepReading, type KeptReadings } from './kept-readings.ts';
import { labFoldersIn, readLabFolder } from './read-folder.ts';

/** The folders of the labs that come with Labproof, whose names are their ids. */
const OURS = fileURLToPath(new URL('../labs', import.meta.url));

/** A lab and what its author should know of it. */
interface OpenLab {
  readonly lab: Lab;
  readonly folder: string;
  readonly datasets: readonly IdxDataset[];
  readonly notes: readonly LabProblem[];
}

/** The labs that somebody works with: those that come with Labproof, and those of their own that they open. */
export class Labs {
  readonly #ids = labFoldersIn(OURS).map((folder) => basename(folder));
  /** Labs of Labproof, read when they are first asked for. */
  readonly #ours = new Map<string, Lab>();
  readonly #own = new Map<string, OpenLab>();
  readonly #kept: KeptReadings | null;
  #checks: CheckKinds;
  #datasets = DatasetCatalogue.builtIn;

  /**
   * `checks` are the kinds of checks that labs are held to (`checkKinds` of `@labproof/grader`). Without them, as is
   * enough for training, checks are taken as they are written. Labproof's own labs, examined by all kinds that it has,
   * may have been `kept`.
   */
  constructor(checks: CheckKinds = CheckKinds.unexamined, kept: KeptReadings | null = null) {
    this.#checks = checks;
    this.#kept = kept;
  }

  /** Holds labs to these kinds of checks from here on. */
  examineBy(checks: CheckKinds): void {
    if (checks === this.#checks) return;
    this.#checks = checks;
    this.#ours.clear();
  }

  /** The datasets that exercises may name: Labproof's, and those that labs declare. */
  get datasets(): DatasetCatalogue {
    return this.#datasets;
  }

  /**
   * Opens the lab in a folder, or the labs in the folders in it. They are data and nothing in them runs. Throws
   * `lab-folder-empty`, `lab-file-unreadable`, `lab-invalid` with every problem of a lab, and `lab-id-taken` where there
   * is another lab of that id: only a student edition may stand in the place of a lab of Labproof.
   */
  open(folder: string): void {
    for (const path of labFoldersIn(folder)) {
      const reading = readLab(readLabFolder(path), {
        datasets: this.#datasets,
        checks: this.#checks,
      });
      const { lab, datasets, notes } = reading;
      if (lab === null) throw wrongLab(path, reading);
      const other = this.#own.get(lab.id)?.folder ?? null;
      const again = other !== null && resolve(other) === resolve(path);
      const ours = this.#ids.includes(lab.id) && lab.edition !== 'student';
      if (!again && (other !== null || ours)) throw labIdTaken(lab.id, path, other);
      this.#datasets = this.#datasets.with(datasets.map(idxDataset));
      this.#own.set(lab.id, { lab, folder: path, datasets, notes });
    }
  }

  /** Every lab, in the order in which they are shown: Labproof's, then the user's own. */
  list(): readonly Lab[] {
    return this.#allIds().map((id) => this.find(id));
  }

  /** A lab by its id; `lab-unknown` when there is none. */
  find(id: string): Lab {
    const known = this.#own.get(id)?.lab ?? this.#ours.get(id);
    if (known !== undefined) return known;
    if (!this.#ids.includes(id)) throw unknownName('lab', id, this.#allIds());
    const lab = this.#readOurs(join(OURS, id));
    this.#ours.set(id, lab);
    return lab;
  }

  /** The folder that a lab is read from: one's own as it was named, Labproof's with its whole path. */
  folderOf(id: string): string {
    return this.#own.get(id)?.folder ?? join(OURS, id);
  }

  /** Whether a lab is one of the user's own. */
  isOwn(id: string): boolean {
    return this.#own.has(id);
  }

  /** The files of a lab, or of another edition of it, as they stand in its folder. */
  filesOf(lab: Lab): readonly LabFileText[] {
    return labFiles(lab, this.#own.get(lab.id)?.datasets ?? []);
  }

  /** What the author of a lab of the user's own should know of it, each as a note with file and line. */
  notesOf(id: string): readonly LabProblem[] {
    const own = this.#own.get(id);
    if (own === undefined) return [];
    return own.notes.map((note) => ({ ...note, file: join(own.folder, note.file) }));
  }

  /**
   * The file that holds, or is to hold, the bands of an exercise. Throws `bands-not-a-checkout` for a lab of an installed
   * Labproof, which has no sources to change.
   */
  bandsFile(id: string, exercise: string): string {
    if (!this.isOwn(id) && OURS.split(sep).includes('node_modules')) {
      throw installedBands(`${id}/${exercise}`, OURS);
    }
    return join(this.folderOf(id), 'bands', `${exercise}.json`);
  }

  /** The file in which the calibration of an exercise is signed off, if there is one. */
  manifestFile(id: string, exercise: string): string {
    return join(this.folderOf(id), 'manifests', `${exercise}.json`);
  }

  /** What keeps Labproof's own labs as they are read here, a file each, for `KeptReadings` of their folder. */
  keep(): readonly KeptFile[] {
    return this.#ids.map((id) => keepReading(readLabFolder(join(OURS, id)), this.find(id)));
  }

  #readOurs(folder: string): Lab {
    const files = readLabFolder(folder);
    const kept = this.#kept?.find(files) ?? null;
    if (kept !== null) return kept;
    const reading = readLab(files, { checks: this.#checks });
    if (reading.lab === null) throw damagedLab(folder, reading);
    return reading.lab;
  }

  #allIds(): string[] {
    return [...new Set([...this.#ids, ...this.#own.keys()])];
  }
}
