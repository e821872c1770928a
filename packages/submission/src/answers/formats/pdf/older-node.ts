/**
 * pdf.js hands fonts over with `ArrayBuffer.prototype.transferToFixedLength` (ES2024), which Node has from version 22 on. What is
 * defined here for Node 20 copies instead of moving, and cannot be told apart otherwise by whoever lets go of the first buffer.
 */
export function defineTransfer(): void {
  const buffers: object = ArrayBuffer.prototype;
  if ('transferToFixedLength' in buffers) return;
  Object.defineProperty(buffers, 'transferToFixedLength', {
    value(this: ArrayBuffer, length: number = this.byteLength): ArrayBuffer {
      const copy = new ArrayBuffer(length);
      new Uint8Array(copy).set(new Uint8Array(this, 0, Math.min(length, this.byteLength)));
      return copy;
    },
    writable: true,
    configurable: true,
    enumerable: false,
  });
}
