/** The cache of a page by the address of its folder: several pages may lie on one server. */
export function cacheName(folder: string): string {
  return `labproof ${new URL(folder).pathname}`;
}
