/** An address in the memory of a device. */
export type Address = number;

/** A device as the addon hands it out; only the addon can use it. */
export type DeviceHandle = object & { readonly __device: unique symbol };

/** What the addon tells of the device that it opened. */
export interface OpenedDevice {
  readonly handle: DeviceHandle;
  readonly name: string;
  /** Compute capability. */
  readonly major: number;
  readonly minor: number;
  /** Multiprocessors. */
  readonly processors: number;
  /** Bytes. */
  readonly memory: number;
  /** The newest CUDA that the driver knows, as 1000 · major + 10 · minor. */
  readonly driverVersion: number;
}

/** The functions of `kernels/cuda/device.c`. Each throws an error whose `code` is the driver's name for what failed. */
export interface CudaAddon {
  open(library: string, device: number): OpenedDevice;
  /** PTX as zero-terminated text. */
  load(device: DeviceHandle, ptx: Uint8Array): void;
  /** The number of a kernel of the loaded PTX, for `submit`. */
  kernel(device: DeviceHandle, name: string, kinds: string): number;
  allocate(device: DeviceHandle, byteLength: number): Address;
  release(device: DeviceHandle, address: Address): void;
  zero(device: DeviceHandle, address: Address, byteLength: number): void;
  copy(device: DeviceHandle, to: Address, from: Address, byteLength: number): void;
  upload(device: DeviceHandle, address: Address, array: ArrayBufferView): void;
  /** Waits for all that was submitted before. */
  download(device: DeviceHandle, address: Address, array: ArrayBufferView): void;
  /** Queues the launches in the first `length` numbers of the list. */
  submit(
    device: DeviceHandle,
    list: Float64Array,
    length: number,
    base: Address,
    stride: number,
  ): void;
  synchronize(device: DeviceHandle): void;
  /** Bytes that are not taken. */
  freeMemory(device: DeviceHandle): number;
}
