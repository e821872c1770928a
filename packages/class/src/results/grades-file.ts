import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { type Grade, GradeSchema } from '@labproof/grader';

/** A grade as it stands in `<student>/grade.json`. */
export function gradeAsJson(grade: Grade): string {
  return `${JSON.stringify(grade, null, 2)}\n`;
}

interface Extent {
  readonly offset: number;
  readonly length: number;
}

/**
 * The grades of a `grades.json`, read one at a time. The layout in which `JsonArrayWriter` puts them tells where each
 * stands, so the file need not fit into memory; one that was laid out anew by another program is read whole.
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
          this.#add(checked(this.#parse(extent)).student, extent);
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
  read(student: string): Grade | null {
    const place = this.#places.get(student);
    if (place === undefined) return null;
    return 'offset' in place ? (this.#parse(place) as Grade) : place;
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

  #parse(extent: Extent): unknown {
    return JSON.parse(this.#bytes(extent).toString('utf8'));
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
