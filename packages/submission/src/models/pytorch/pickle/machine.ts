import { PICKLE_LIMITS } from './limits.ts';
import { PickleProblem } from './problem.ts';
import { narrow, PickleReader } from './reader.ts';
import { isKind, type PickleObject, type PicklePersistent, type PickleValue } from './values.ts';

/** A pickle that was read to its STOP, and where the bytes after it begin. */
export interface ReadPickle {
  readonly value: PickleValue;
  readonly end: number;
  /** What it refers to outside, in the order of the file. */
  readonly persistent: readonly PicklePersistent[];
}

/**
 * Reads a pickle (protocols 0 to 5) as data. The opcodes are those of CPython's `Lib/pickletools.py`; where Python
 * would import or call, a record of it is left in the place of the result, so that nothing runs whatever a file says.
 * Throws `PickleProblem` for what is damaged, too large or asks for Python's registry of extensions.
 */
export function readPickle(bytes: Uint8Array, start = 0): ReadPickle {
  return new Machine(bytes, start).run();
}

/** A mark on the stack. */
const MARK = Symbol('mark');
type Slot = PickleValue | typeof MARK;

class Machine {
  readonly #reader: PickleReader;
  readonly #stack: Slot[] = [];
  readonly #memo = new Map<number, PickleValue>();
  readonly #persistent: PicklePersistent[] = [];

  constructor(bytes: Uint8Array, start: number) {
    if (bytes.length - start > PICKLE_LIMITS.bytes) {
      // A legacy file is a pickle with its numbers behind it: only what the opcodes take is bounded.
      bytes = bytes.subarray(0, start + PICKLE_LIMITS.bytes);
    }
    this.#reader = new PickleReader(bytes, start);
  }

  run(): ReadPickle {
    for (let count = 0; count < PICKLE_LIMITS.opcodes; count += 1) {
      const opcode = this.#reader.byte();
      if (opcode === 0x2e) {
        const persistent = this.#persistent;
        return { value: this.#pop(), end: this.#reader.position, persistent };
      }
      this.#step(String.fromCharCode(opcode), opcode);
      if (this.#stack.length > PICKLE_LIMITS.stack || this.#memo.size > PICKLE_LIMITS.memo) {
        throw new PickleProblem('it piles up more than is read');
      }
    }
    throw new PickleProblem(`it has more than ${PICKLE_LIMITS.opcodes} instructions`);
  }

  #step(letter: string, opcode: number): void {
    if (opcode < 0x80) this.#classic(letter);
    else this.#modern(opcode);
  }

  /** Protocols 0 and 1: opcodes that are letters. */
  #classic(letter: string): void {
    const reader = this.#reader;
    switch (letter) {
      case '(':
        return this.#push(MARK);
      case '0':
        return void this.#popSlot();
      case '1':
        return void this.#toMark();
      case '2':
        return this.#push(this.#top());
      case 'N':
        return this.#push(null);
      case 'J':
        return this.#push(reader.int32());
      case 'K':
        return this.#push(reader.byte());
      case 'M':
        return this.#push(reader.uint16());
      case 'I':
        return this.#push(integerOf(reader.line()));
      case 'L':
        return this.#push(longOf(reader.line()));
      case 'F':
        return this.#push(Number(reader.line()));
      case 'G':
        return this.#push(reader.float64());
      case 'S':
        return this.#push(quoted(reader.line()));
      case 'V':
        return this.#push(reader.line());
      case 'T':
        return this.#push(reader.text(reader.int32()));
      case 'U':
        return this.#push(reader.text(reader.byte()));
      case 'X':
        return this.#push(reader.text(reader.uint32()));
      case 'B':
        return this.#push(reader.bytes(reader.uint32()));
      case 'C':
        return this.#push(reader.bytes(reader.byte()));
      case ']':
        return this.#push({ kind: 'list', items: [] });
      case ')':
        return this.#push({ kind: 'tuple', items: [] });
      case '}':
        return this.#push({ kind: 'dict', entries: [] });
      case 'l':
        return this.#push({ kind: 'list', items: this.#toMark() });
      case 't':
        return this.#push({ kind: 'tuple', items: this.#toMark() });
      case 'd':
        return this.#push({ kind: 'dict', entries: pairs(this.#toMark()) });
      case 'a':
        return this.#append([this.#pop()]);
      case 'e':
        return this.#append(this.#toMark());
      case 's': {
        const value = this.#pop();
        return this.#set([this.#pop(), value]);
      }
      case 'u':
        return this.#set(this.#toMark());
      case 'c': {
        const module = reader.line();
        return this.#push({ kind: 'global', module, name: reader.line() });
      }
      case 'R': {
        const args = this.#pop();
        return this.#push(record(this.#pop(), args));
      }
      case 'b': {
        const state = this.#pop();
        const target = this.#top();
        if (isKind(target, 'object')) target.state = state;
        return;
      }
      case 'i': {
        const module = reader.line();
        const callee: PickleValue = { kind: 'global', module, name: reader.line() };
        return this.#push(record(callee, { kind: 'tuple', items: this.#toMark() }));
      }
      case 'o': {
        const [callee, ...items] = this.#toMark();
        return this.#push(record(callee ?? null, { kind: 'tuple', items }));
      }
      case 'P':
        return this.#refer(reader.line());
      case 'Q':
        return this.#refer(this.#pop());
      case 'p':
        return this.#remember(numberOf(reader.line()));
      case 'q':
        return this.#remember(reader.byte());
      case 'r':
        return this.#remember(reader.uint32());
      case 'g':
        return this.#recall(numberOf(reader.line()));
      case 'h':
        return this.#recall(reader.byte());
      case 'j':
        return this.#recall(reader.uint32());
      default:
        throw new PickleProblem(`it has the unknown instruction ${letter.charCodeAt(0)}`);
    }
  }

  /** Protocols 2 to 5: opcodes from 0x80. */
  #modern(opcode: number): void {
    const reader = this.#reader;
    switch (opcode) {
      case 0x80: // PROTO
        return void reader.byte();
      case 0x81: {
        // NEWOBJ
        const args = this.#pop();
        return this.#push(record(this.#pop(), args));
      }
      case 0x85:
      case 0x86:
      case 0x87: // TUPLE1 to TUPLE3
        return this.#push({ kind: 'tuple', items: this.#take(opcode - 0x84) });
      case 0x88:
        return this.#push(true);
      case 0x89:
        return this.#push(false);
      case 0x8a: // LONG1
        return this.#push(reader.long(reader.byte()));
      case 0x8b: // LONG4
        return this.#push(reader.long(reader.int32()));
      case 0x8c: // SHORT_BINUNICODE
        return this.#push(reader.text(reader.byte()));
      case 0x8d: // BINUNICODE8
        return this.#push(reader.text(reader.uint64()));
      case 0x8e: // BINBYTES8
      case 0x96: // BYTEARRAY8
        return this.#push(reader.bytes(reader.uint64()));
      case 0x8f: // EMPTY_SET
        return this.#push({ kind: 'set', items: [] });
      case 0x90: // ADDITEMS
        return this.#append(this.#toMark());
      case 0x91: // FROZENSET
        return this.#push({ kind: 'set', items: this.#toMark() });
      case 0x92: {
        // NEWOBJ_EX
        this.#pop();
        const args = this.#pop();
        return this.#push(record(this.#pop(), args));
      }
      case 0x93: {
        // STACK_GLOBAL
        const name = this.#pop();
        const module = this.#pop();
        if (typeof name !== 'string' || typeof module !== 'string') {
          throw new PickleProblem('it names something by what is no text');
        }
        return this.#push({ kind: 'global', module, name });
      }
      case 0x94: // MEMOIZE
        return this.#remember(this.#memo.size);
      case 0x95: // FRAME
        return void reader.uint64();
      case 0x98: // READONLY_BUFFER
        return;
      default:
        // EXT1 to EXT4 (a registry of the running program) and NEXT_BUFFER (buffers from outside) are among them.
        throw new PickleProblem(
          `it has the instruction 0x${opcode.toString(16)}, which is not read`,
        );
    }
  }

  #push(slot: Slot): void {
    this.#stack.push(slot);
  }

  #popSlot(): Slot {
    const slot = this.#stack.pop();
    if (slot === undefined) throw new PickleProblem('it takes from an empty stack');
    return slot;
  }

  #pop(): PickleValue {
    const slot = this.#popSlot();
    if (slot === MARK) throw new PickleProblem('it takes a mark for a value');
    return slot;
  }

  #top(): PickleValue {
    const slot = this.#stack.at(-1);
    if (slot === undefined || slot === MARK) throw new PickleProblem('it looks at an empty stack');
    return slot;
  }

  #take(count: number): PickleValue[] {
    return Array.from({ length: count }, () => this.#pop()).toReversed();
  }

  /** Everything down to the last mark, which goes too. */
  #toMark(): PickleValue[] {
    const start = this.#stack.lastIndexOf(MARK);
    if (start === -1) throw new PickleProblem('it lacks a mark');
    const [, ...values] = this.#stack.splice(start);
    return values as PickleValue[];
  }

  #append(values: readonly PickleValue[]): void {
    const target = this.#top();
    if (isKind(target, 'list') || isKind(target, 'set') || isKind(target, 'object')) {
      for (const value of values) target.items.push(value);
    } else throw new PickleProblem('it appends to what is no list');
  }

  #set(values: readonly PickleValue[]): void {
    const target = this.#top();
    if (!isKind(target, 'dict') && !isKind(target, 'object')) {
      throw new PickleProblem('it sets an item of what is no dictionary');
    }
    for (const pair of pairs(values)) target.entries.push(pair);
  }

  #refer(id: PickleValue): void {
    const reference: PicklePersistent = { kind: 'persistent', id };
    this.#persistent.push(reference);
    this.#push(reference);
  }

  #remember(place: number): void {
    this.#memo.set(place, this.#top());
  }

  #recall(place: number): void {
    const value = this.#memo.get(place);
    if (value === undefined) throw new PickleProblem('it refers to what it never kept');
    this.#push(value);
  }
}

function record(callee: PickleValue, args: PickleValue): PickleObject {
  return { kind: 'object', callee, args, items: [], entries: [], state: null };
}

function pairs(values: readonly PickleValue[]): [PickleValue, PickleValue][] {
  if (values.length % 2 === 1) throw new PickleProblem('it has a key without a value');
  return Array.from({ length: values.length / 2 }, (_, index) => [
    values[2 * index] ?? null,
    values[2 * index + 1] ?? null,
  ]);
}

/** `01` and `00` are True and False in protocol 0. */
function integerOf(line: string): PickleValue {
  return line === '01' ? true : line === '00' ? false : longOf(line);
}

function longOf(line: string): number | bigint {
  const digits = line.replace(/L$/u, '');
  if (!/^-?\d{1,80}$/u.test(digits)) throw new PickleProblem('it holds a number that is none');
  return narrow(BigInt(digits));
}

function numberOf(line: string): number {
  const value = longOf(line);
  if (typeof value !== 'number' || value < 0) {
    throw new PickleProblem('it refers to a place that is none');
  }
  return value;
}

/** The text between the quotes that Python's repr writes; escapes are left as they are. */
function quoted(line: string): string {
  return line.replace(/^(['"])(.*)\1$/su, '$2');
}
