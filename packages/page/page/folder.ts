/** The address of the folder in which the page lies. */
export const FOLDER: string = new URL('.', location.href).href.replace(/[?#].*$/u, '');

/**
 * Narrows what the page may do to its own folder: a policy that is added holds besides the one that is there. From here on
 * nothing of this page can ask for anything elsewhere, not even on its own server.
 */
export function stayInFolder(): void {
  const folder = FOLDER.replaceAll(';', '%3B').replaceAll(',', '%2C');
  const meta = document.createElement('meta');
  meta.httpEquiv = 'Content-Security-Policy';
  meta.content = `default-src 'none'; script-src ${folder} 'wasm-unsafe-eval'; worker-src ${folder} blob:; connect-src ${folder}; style-src ${folder} 'unsafe-inline'; img-src data:; font-src ${folder} data:`;
  document.head.append(meta);
}
