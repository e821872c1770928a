/** Asks the server. Throws an `Error` whose message a reader understands. */
async function ask<T>(path: string, body?: unknown): Promise<T> {
  let response: Response;
  try {
    response = await fetch(
      path,
      body === undefined
        ? {}
        : {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(body),
          },
    );
  } catch {
    throw new Error('The reading room does not answer: nothing was saved. Is it still running?');
  }
  const value = (await response.json()) as T & { readonly message?: string };
  if (!response.ok) throw new Error(value.message ?? `The server answered ${response.status}.`);
  return value;
}

export const get = <T>(path: string, query: Readonly<Record<string, string>> = {}): Promise<T> =>
  ask<T>(`/api/${path}?${new URLSearchParams(query).toString()}`);

export const post = <T>(path: string, body: unknown): Promise<T> => ask<T>(`/api/${path}`, body);
