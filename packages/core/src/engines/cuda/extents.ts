import { fieldsOf, type GeometryName } from '../geometries.ts';

/** A geometry as the kernels for a GPU take it: its fields as numbers, in their order. */
export function extentsIn(name: GeometryName): (geometry: object) => number[] {
  const fields = fieldsOf(name);
  return (geometry) => {
    const extents = geometry as Readonly<Record<string, number>>;
    return fields.map((field) => extents[field] ?? 0);
  };
}
