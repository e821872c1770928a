import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { type Grade, GradeSchema } from '@labproof/grader';
import { elementAsAdded } from '../files/json-array.ts';

/** A grade as it stands in `<student>/grade.json`. */
export function gradeAsJson(grade: Grade): string {
  return `${JSON.stringify(grade, null, 2)}\n`;
}

/** A grade and its text as `<student>/grade.json` has it. */
export interface WrittenGrade {
  readonly grade: Grade;
  readonly json: string;
}

interface Extent {
  readonly offset: number;
  readonly length: number;
}

/**
 * The grades of a `grades.json`, read one at a time. The layout in which `JsonArrayWriter` puts them tells where each
 * stands, so the file need not fit into memory; one that was laid out anew by another program is read whole.
 * The files `<student>/grade.json` say the same of every student, and less of the class: after a kill between two
 * renames some are new and some old, and those of students who have left stay where they were.
 */
export class GradesFile {
  readonly #file: number;
  #isOpen = true;
  readonly #students: string[] = [];
  readonly #places = new Map<string, Extent | Grade>();

  /** Throws what reading, `JSON.parse` or the schema throws where it is not a file of grades of this version. */
  constructor(path: string) {
    this.#file = openSync(path, 'r');
    try {
      if (this.#isLaidOut()) {
        for (const extent of this.#extentsOf()) {
          this.#add(checked(JSON.parse(this.#text(extent))).student, extent);
        }
      } else {
        const document: unknown = JSON.parse(readFileSync(this.#file, 'utf8'));
        if (!Array.isArray(document)) throw new SyntaxError('it is not a list of grades');
        for (const entry of document) {
          const grade = checked(entry);
          this.#add(grade.student, grade);
        }
      }
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** In the order of the file. */
  get students(): readonly string[] {
    return this.#students;
  }

  /** The grade of a student, its fields in the order in which they were written; `null` where there is none. */
  read(student: string): WrittenGrade | null {
    const place = this.#places.get(student);
    if (place === undefined) return null;
    if (!('offset' in place)) return { grade: place, json: gradeAsJson(place) };
    const text = this.#text(place);
    return { grade: JSON.parse(text) as Grade, json: `${elementAsAdded(text)}\n` };
  }

  close(): void {
    if (this.#isOpen) closeSync(this.#file);
    this.#isOpen = false;
  }

  #add(student: string, place: Extent | Grade): void {
    this.#students.push(student);
    this.#places.set(student, place);
  }

  #isLaidOut(): boolean {
    return this.#bytes({ offset: 0, length: BEGIN.length }).equals(BEGIN);
  }

  #text(extent: Extent): string {
    return this.#bytes(extent).toString('utf8');
  }

  #bytes({ offset, length }: Extent): Buffer {
    const bytes = Buffer.alloc(length);
    let read = 0;
    while (read < length) {
      const count = readSync(this.#file, bytes, read, length - read, offset + read);
      if (count === 0) break;
      read += count;
    }
    return bytes.subarray(0, read);
  }

  /** Where the elements stand: each begins after a bracket or comma and ends at a brace indented by two spaces. */
  *#extentsOf(): Generator<Extent> {
    let at = 0;
    let begin = 0;
    let pending = Buffer.alloc(0);
    for (;;) {
      const chunk = this.#bytes({ offset: at, length: CHUNK });
      if (chunk.length === 0) break;
      at += chunk.length;
      pending = Buffer.concat([pending, chunk]);
      for (let end = pending.indexOf(END); end !== -1; end = pending.indexOf(END)) {
        const length = end + END.length;
        yield { offset: begin + SEPARATOR, length: length - SEPARATOR };
        begin += length;
        pending = pending.subarray(length);
      }
    }
    if (pending.toString('utf8').trim() !== ']') throw new SyntaxError('it ends within a grade');
  }
}

const CHUNK = 1 << 20;
const BEGIN = Buffer.from('[\n  {');
const END = Buffer.from('\n  }');
/** Bytes before a grade: a bracket or a comma, a line break, two spaces. */
const SEPARATOR = 4;

function checked(value: unknown): Grade {
  GradeSchema.parse(value);
  return value as Grade;
}
