/**
 * The names under which Keras's `.keras` format keeps the layers of one model: the class in snake case, numbered
 * from the second of a class on. The layers' own names play no part in it (Keras 3: `saving_lib._save_container_state`).
 */
export function storeNames(classNames: readonly string[]): string[] {
  const used = new Map<string, number>();
  return classNames.map((className) => {
    const name = snakeCase(className);
    const count = used.get(name);
    used.set(name, (count ?? 0) + 1);
    return count === undefined ? name : `${name}_${count}`;
  });
}

/** Keras's own rule (`naming.to_snake_case`): `MaxPooling2D` → `max_pooling2d`, `ReLU` → `re_lu`. */
function snakeCase(className: string): string {
  return className
    .replaceAll(/\W+/gu, '')
    .replaceAll(/(.)([A-Z][a-z]+)/gu, '$1_$2')
    .replaceAll(/([a-z])([A-Z])/gu, '$1_$2')
    .toLowerCase();
}
