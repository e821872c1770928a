import type { ConvolutionGeometry } from './kernels/convolution.ts';
import type { PaddingGeometry } from './kernels/images.ts';
import type { PoolingGeometry } from './kernels/pooling.ts';

/** The geometries that kernels take, by the name of their C struct. */
interface Geometries {
  readonly convolution_geometry: ConvolutionGeometry;
  readonly pooling_geometry: PoolingGeometry;
  readonly padding_geometry: PaddingGeometry;
}

export type GeometryName = keyof Geometries;

/** How a C signature takes a geometry. */
export type GeometryType = `const struct ${GeometryName}*`;

/** The C type of this geometry. */
export type GeometryTypeOf<Value> = {
  [Name in GeometryName]: Value extends Geometries[Name] ? `const struct ${Name}*` : never;
}[GeometryName];

/**
 * The one list of the fields of the C structs, in their order; the header of the C sources and the engines that write
 * geometries into memory are driven by it. The type holds it to the interfaces.
 */
export const GEOMETRIES: {
  readonly [Name in GeometryName]: Readonly<Record<keyof Geometries[Name], 'uint32_t'>>;
} = {
  convolution_geometry: {
    height: 'uint32_t',
    width: 'uint32_t',
    channels: 'uint32_t',
    filters: 'uint32_t',
    kernelHeight: 'uint32_t',
    kernelWidth: 'uint32_t',
    strideY: 'uint32_t',
    strideX: 'uint32_t',
    padTop: 'uint32_t',
    padLeft: 'uint32_t',
    outHeight: 'uint32_t',
    outWidth: 'uint32_t',
  },
  pooling_geometry: {
    height: 'uint32_t',
    width: 'uint32_t',
    channels: 'uint32_t',
    poolHeight: 'uint32_t',
    poolWidth: 'uint32_t',
    strideY: 'uint32_t',
    strideX: 'uint32_t',
    padTop: 'uint32_t',
    padLeft: 'uint32_t',
    outHeight: 'uint32_t',
    outWidth: 'uint32_t',
  },
  padding_geometry: {
    height: 'uint32_t',
    width: 'uint32_t',
    channels: 'uint32_t',
    top: 'uint32_t',
    left: 'uint32_t',
    outHeight: 'uint32_t',
    outWidth: 'uint32_t',
  },
};

export const GEOMETRY_NAMES: readonly GeometryName[] = Object.keys(GEOMETRIES) as GeometryName[];

/** The fields of a struct in their order. */
export function fieldsOf(name: GeometryName): string[] {
  return Object.keys(GEOMETRIES[name]);
}

/** The struct behind a C type, if it is that of a geometry. */
export function geometryBehind(type: string): GeometryName | undefined {
  return GEOMETRY_NAMES.find((name) => type === `const struct ${name}*`);
}
