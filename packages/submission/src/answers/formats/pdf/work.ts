import { answersTooLarge, answersUnreadable } from '../limits.ts';
import { deepestSave } from './nesting.ts';
import { type PdfObject, inflatedUpTo, latin1, packedObjects, pdfObjects } from './objects.ts';

/** Bytes of drawing orders that are carried out, each form as often as it is drawn; a dense plot has some millions. */
const MOST_DRAWN = 64 * 2 ** 20;
/** Bytes of the drawing orders of one page that are followed for what they paint over; a plot of 100,000 points has 6 MiB. */
const MOST_FOLLOWED = 16 * 2 ** 20;
/** Bytes of everything that is unpacked, pictures left out. */
const MOST_UNPACKED = 128 * 2 ** 20;
/** Bytes of the drawing orders of one page or form. */
const MOST_CONTENT = 32 * 2 ** 20;
const DEEPEST_FORM = 32;
/** States that a page or a form may hold saved at once; programs write some ten. What a reader does for one grows with their number. */
const MOST_SAVED = 200;
/** So many more than that, all pages and forms together. */
const MOST_SAVED_MORE = 2000;
/** Objects that are looked into for the names of forms, all forms together. */
const MOST_STEPS = 1_000_000;
/** A byte unpacks to so many at most where it is not counted: a code of LZW. */
const MOST_GROWTH = 1400;

const FILTERS =
  /\/(?:Filter|F)[\s\0]*(?<value>\[[^\]]{0,400}\]|\/[^\s\0/<>[\](){}%]+|\d+[\s\0]+\d+[\s\0]+R)/gu;
const EXPANDING = /\/(?:FlateDecode|Fl|LZWDecode|LZW|RunLengthDecode|RL)(?![A-Za-z\d])/gu;
const NAMED_OR_DRAWN =
  /\/(?<name>[^\s\0/<>[\](){}%]+)|(?<![^\s\0<>[\](){}])Do(?![^\s\0/<>[\](){}%])/gu;
const REFERENCES =
  /(?:\/(?<key>[^\s\0/<>[\](){}%]+)[\s\0]*\[?[\s\0]*|)(?<number>\d{1,10})[\s\0]+\d{1,5}[\s\0]+R/gu;
/** What these lead to are no resources of the object in which they stand. */
const ELSEWHERE =
  /^(?:Kids|Annots|First|Last|Next|Prev|Dests?|P|A|B|Outlines|StructTreeRoot|Contents|Length|Filter)$/u;

interface Reference {
  readonly key: string;
  readonly number: number;
}

/**
 * What reading the text of a PDF takes, counted before a library begins with it: its streams are unpacked and counted,
 * and forms that draw forms are multiplied out. A PDF with a password is not seen through; there the limits of the
 * process hold alone.
 */
export class PdfWork {
  readonly #path: string;
  readonly #bytes: Uint8Array;
  readonly #objects = new Map<number, PdfObject[]>();
  readonly #references = new Map<PdfObject, readonly Reference[]>();
  readonly #costs = new Map<PdfObject, number>();
  readonly #pages: number[];
  readonly #saves = new Map<PdfObject, number>();
  #savedMore = 0;
  #unpacked = 0;
  #steps = 0;

  /** Throws a student's `answers-too-large` or `answers-unreadable` for more than work can take. */
  constructor(bytes: Uint8Array, path: string) {
    this.#bytes = bytes;
    this.#path = path;
    const open = pdfObjects(latin1(bytes)).map((object) => ({
      ...object,
      head: unescaped(object.head),
    }));
    for (const object of open) this.#add(object);
    const contents = new Set(open.flatMap((object) => this.#contentsOf(object)));
    for (const object of open) {
      if (object.stream === null) continue;
      // Pictures are not looked at, unless somebody draws with one.
      if (/\/Subtype[\s\0]*\/Image\b/u.test(object.head) && !contents.has(object.number)) continue;
      const isPacked = /\/Type[\s\0]*\/ObjStm\b/u.test(object.head);
      const { content } = this.#unpack(object, isPacked);
      if (!isPacked) continue;
      for (const packed of packedObjects(object.head, latin1(content))) {
        this.#add({ ...packed, head: unescaped(packed.head) });
      }
    }
    this.#pages = [...this.#objects.values()]
      .flat()
      .filter(({ head }) => /\/Contents\b/u.test(head))
      .map((page) => {
        const streams = this.#contentsOf(page).flatMap((number) => this.#objects.get(number) ?? []);
        const drawn = streams.reduce((sum, stream) => sum + this.#drawn(stream, [page], 0), 0);
        this.#countSaves(streams.reduce((sum, stream) => sum + (this.#saves.get(stream) ?? 0), 0));
        return drawn;
      });
    this.assertPages(0);
  }

  /** Throws where so many pages draw more than work does. */
  assertPages(count: number): void {
    const together = this.#pages.reduce((sum, drawn) => sum + drawn, 0);
    const others = count - this.#pages.length;
    const most = this.#pages.reduce((most, drawn) => Math.max(most, drawn), 0);
    const more = others > 0 ? others * most : 0;
    if (together + more > MOST_DRAWN)
      throw this.#tooMuch(`pages that draw more than ${MOST_DRAWN / 2 ** 20} MiB of orders`);
  }

  /** Whether a page draws so much that its orders are not followed one by one. */
  get isDense(): boolean {
    return this.#pages.some((drawn) => drawn > MOST_FOLLOWED);
  }

  #add(object: PdfObject): void {
    const known = this.#objects.get(object.number);
    if (known === undefined) this.#objects.set(object.number, [object]);
    else known.push(object);
  }

  #tooMuch(what: string): Error {
    return answersTooLarge(this.#path, what);
  }

  #step(): void {
    this.#steps += 1;
    if (this.#steps > MOST_STEPS)
      throw this.#tooMuch('objects that lead to one another without end');
  }

  #countSaves(saved: number): void {
    this.#savedMore += Math.max(0, saved - MOST_SAVED);
    if (this.#savedMore > MOST_SAVED_MORE)
      throw this.#tooMuch(`drawing states saved within one another, more than ${MOST_SAVED} deep`);
  }

  /** The numbers of the streams that a page draws, also by way of a list. */
  #contentsOf(page: PdfObject): readonly number[] {
    const named = /\/Contents[\s\0]*(?<value>\[[^\]]*\]|\d+[\s\0]+\d+[\s\0]+R)/u.exec(page.head);
    const direct = referencesIn(named?.groups?.['value'] ?? '').map(({ number }) => number);
    return direct.flatMap((number) => {
      this.#step();
      const lists = (this.#objects.get(number) ?? []).filter(({ stream }) => stream === null);
      return [
        number,
        ...lists.flatMap(({ head }) => referencesIn(head).map((found) => found.number)),
      ];
    });
  }

  #unpack(
    object: PdfObject,
    keep: boolean,
  ): { readonly length: number; readonly content: Uint8Array } {
    const { from, to } = object.stream ?? { from: 0, to: 0 };
    const packed = this.#bytes.subarray(from, to);
    const filters = this.#filtersOf(object.head);
    if (filters.length > 1) {
      throw answersUnreadable(
        this.#path,
        'something in it is packed twice, which no program does',
        'Hand in the source (.Rmd, .ipynb, .docx, .md) or export it as PDF again.',
      );
    }
    const [filter] = filters;
    const unpacked =
      filter === undefined
        ? { length: packed.length, content: packed }
        : filter.startsWith('/Fl')
          ? inflatedUpTo(packed, MOST_UNPACKED - this.#unpacked, keep ? MOST_CONTENT : 0)
          : { length: packed.length * MOST_GROWTH, content: new Uint8Array() };
    this.#unpacked += unpacked.length + packed.length;
    if (this.#unpacked > MOST_UNPACKED) {
      throw this.#tooMuch(`more than ${MOST_UNPACKED / 2 ** 20} MiB packed into it`);
    }
    return unpacked;
  }

  #filtersOf(head: string): readonly string[] {
    return [...head.matchAll(FILTERS)].flatMap(({ groups }) => {
      const value = groups?.['value'] ?? '';
      const elsewhere = referencesIn(value).flatMap(({ number }) =>
        (this.#objects.get(number) ?? []).map((object) => object.head),
      );
      return [value, ...elsewhere].join(' ').match(EXPANDING) ?? [];
    });
  }

  /** Bytes of drawing orders of a stream and of the forms in it; `holders` have the resources that it draws by. */
  #drawn(object: PdfObject, holders: readonly PdfObject[], depth: number): number {
    const known = this.#costs.get(object);
    if (known !== undefined) return known;
    if (depth > DEEPEST_FORM)
      throw this.#tooMuch(`drawings within drawings, more than ${DEEPEST_FORM} deep`);
    this.#step();
    // Until it is known, one that draws itself costs without end.
    this.#costs.set(object, Number.POSITIVE_INFINITY);
    const { length, content } = this.#unpack(object, true);
    const own = /\/Resources\b/u.test(object.head) ? [object] : [object, ...holders];
    const orders = latin1(content);
    const saves = deepestSave(orders);
    this.#saves.set(object, saves);
    this.#countSaves(saves);
    let sum = length;
    for (const [name, times] of drawnNames(orders)) {
      const targets = this.#forms(name, own);
      const most = targets.reduce(
        (cost, target) => Math.max(cost, this.#drawn(target, own, depth + 1)),
        0,
      );
      sum += times * most;
    }
    this.#costs.set(object, sum);
    return sum;
  }

  /** The streams that a name may stand for in the resources of these objects. */
  #forms(name: string, holders: readonly PdfObject[]): readonly PdfObject[] {
    const found = new Set<PdfObject>();
    const seen = new Set<PdfObject>(holders);
    for (const holder of seen) {
      this.#step();
      for (const { key, number } of this.#referencesOf(holder)) {
        if (ELSEWHERE.test(key)) continue;
        for (const target of this.#objects.get(number) ?? []) {
          if (target.stream === null) seen.add(target);
          else if (key === name && !/\/Subtype[\s\0]*\/Image\b/u.test(target.head))
            found.add(target);
        }
      }
    }
    return [...found];
  }

  #referencesOf(object: PdfObject): readonly Reference[] {
    const known = this.#references.get(object);
    if (known !== undefined) return known;
    const found = referencesIn(object.head);
    this.#references.set(object, found);
    return found;
  }
}

function referencesIn(text: string): Reference[] {
  return [...text.matchAll(REFERENCES)].map(({ groups }) => ({
    key: groups?.['key'] ?? '',
    number: Number(groups?.['number']),
  }));
}

/** How often each name is drawn. */
function drawnNames(content: string): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  let last: string | null = null;
  for (const { groups } of content.matchAll(NAMED_OR_DRAWN)) {
    const name = groups?.['name'];
    if (name !== undefined) last = unescaped(name);
    else if (last !== null) times.set(last, (times.get(last) ?? 0) + 1);
  }
  return times;
}

/** Names may write any character as `#` and two digits. */
function unescaped(text: string): string {
  return text.replaceAll(/#([\dA-Fa-f]{2})/gu, (_, code: string) =>
    String.fromCodePoint(Number.parseInt(code, 16)),
  );
}
