import type { Pointer } from '../kernels.ts';
import type { Address, CudaAddon, DeviceHandle } from './device.ts';

const ALIGNMENT = 64;
/** What lies below is an offset into the arena, what lies above a device address that all trials share. */
const COMMON = 2 ** 52;

/** A piece of the arena with its image in this process's memory, made when it is first looked at. */
interface Piece {
  readonly start: Pointer;
  readonly byteLength: number;
  image: ArrayBuffer | null;
}

/** A part of the arena that somebody may have written to through a view. */
interface Touched {
  readonly piece: Piece;
  readonly from: Pointer;
  readonly byteLength: number;
}

/**
 * Memory of trials that run side by side on one device. Each has the same arena at another place, `stride` bytes on;
 * pointers are offsets, so the arenas can grow and move. Views are of an image in this process: it is fetched when a
 * view is asked for, and what it covers is sent to every trial before the device works again. So a view shows the
 * first trial, and must not be kept while kernels run.
 */
export class DeviceMemory {
  readonly #addon: CudaAddon;
  readonly #device: DeviceHandle;
  readonly #trials: number;
  /** Launches that wait: they must be on their way before memory moves or is read. */
  readonly #flush: () => void;
  #base: Address = 0;
  #stride = 0;
  #end = ALIGNMENT;
  #pieces: Piece[] = [];
  #touched: Touched[] = [];
  #common: Address[] = [];
  #sealed = false;

  constructor(addon: CudaAddon, device: DeviceHandle, trials: number, flush: () => void) {
    this.#addon = addon;
    this.#device = device;
    this.#trials = trials;
    this.#flush = flush;
  }

  get base(): Address {
    return this.#base;
  }

  /** Bytes from one trial's arena to the next. */
  get stride(): number {
    return this.#stride;
  }

  /** Zeroed memory in every trial's arena. */
  allocate(byteLength: number): Pointer {
    const start = this.#end;
    this.#pieces.push({ start, byteLength, image: null });
    this.#end = roundUp(start + byteLength);
    return start;
  }

  /** Memory that all trials share, with these contents. It stays until `release`. */
  allocateCommon(contents: ArrayBufferView): Pointer {
    const address = this.#addon.allocate(this.#device, Math.max(contents.byteLength, ALIGNMENT));
    this.#common.push(address);
    this.#addon.upload(this.#device, address, contents);
    return COMMON + address;
  }

  /** Gives every trial's arena back; all of it is zero when it is handed out again. */
  reset(): void {
    this.#flush();
    this.#pieces = [];
    this.#touched = [];
    this.#sealed = false;
    for (let trial = 0; this.#base !== 0 && trial < this.#trials; trial += 1) {
      this.#addon.zero(this.#device, this.#base + trial * this.#stride, this.#end);
    }
    this.#end = ALIGNMENT;
  }

  /** Gives everything back to the device. */
  release(): void {
    const addresses = [...this.#common, ...(this.#base === 0 ? [] : [this.#base])];
    this.#common = [];
    this.#pieces = [];
    this.#touched = [];
    this.#base = 0;
    this.#stride = 0;
    this.#end = ALIGNMENT;
    for (const address of addresses) this.#addon.release(this.#device, address);
  }

  /** From now on the trials differ, and nobody may look at them through views. */
  seal(): void {
    this.prepare();
    this.#sealed = this.#trials > 1;
  }

  /** Where a pointer's bytes are on the device, those of the first trial. */
  resolve(pointer: Pointer): Address {
    return pointer >= COMMON ? pointer - COMMON : this.#base + pointer;
  }

  /** Makes all that was allocated be there, and sends what was written through views: the device works next. */
  prepare(): void {
    this.#send();
    this.#touched = [];
  }

  /** As `prepare`, and what was looked at may still be written to. */
  #send(): void {
    if (this.#end > this.#stride) this.#grow();
    for (const { piece, from, byteLength } of this.#touched) {
      if (piece.image === null) continue;
      const bytes = new Uint8Array(piece.image, from - piece.start, byteLength);
      for (let trial = 0; trial < this.#trials; trial += 1) this.upload(trial, from, bytes);
    }
  }

  /** The image's bytes behind a pointer, as the device has them now. */
  view(pointer: Pointer, byteLength: number): { buffer: ArrayBuffer; offset: number } {
    if (this.#sealed) throw new Error('trials that run side by side have no views');
    this.#flush();
    this.#send();
    const piece = this.#find(pointer, byteLength);
    piece.image ??= new ArrayBuffer(piece.byteLength);
    const offset = pointer - piece.start;
    this.download(0, pointer, new Uint8Array(piece.image, offset, byteLength));
    this.#touched.push({ piece, from: pointer, byteLength });
    return { buffer: piece.image, offset };
  }

  /** Writes to one trial's arena, in the order of the launches. */
  upload(trial: number, pointer: Pointer, contents: ArrayBufferView): void {
    this.#addon.upload(this.#device, this.resolve(pointer) + trial * this.#stride, contents);
  }

  /** Reads from one trial's arena once everything submitted is done. */
  download(trial: number, pointer: Pointer, into: ArrayBufferView): void {
    this.#addon.download(this.#device, this.resolve(pointer) + trial * this.#stride, into);
  }

  #find(pointer: Pointer, byteLength: number): Piece {
    let low = 0;
    let high = this.#pieces.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#pieces[middle]?.start ?? Infinity) <= pointer) low = middle;
      else high = middle - 1;
    }
    const piece = this.#pieces[low];
    const inside =
      piece !== undefined &&
      pointer >= piece.start &&
      pointer + byteLength <= piece.start + piece.byteLength;
    if (!inside) {
      throw new RangeError(`${byteLength} bytes at ${pointer} were not allocated by this engine`);
    }
    return piece;
  }

  /** Moves the arenas to a larger place. */
  #grow(): void {
    this.#flush();
    const [base, stride] = [this.#base, this.#stride];
    const wanted = roundUp(stride === 0 ? this.#end : Math.max(this.#end, 2 * stride));
    const place = this.#addon.allocate(this.#device, wanted * this.#trials);
    this.#addon.zero(this.#device, place, wanted * this.#trials);
    if (base !== 0) {
      for (let trial = 0; trial < this.#trials; trial += 1) {
        this.#addon.copy(this.#device, place + trial * wanted, base + trial * stride, stride);
      }
      this.#addon.release(this.#device, base);
    }
    this.#base = place;
    this.#stride = wanted;
  }
}

function roundUp(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
