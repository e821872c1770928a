/** What something comes to, or a `LateBrowser` where it did not come to an end within so many milliseconds. */
export async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new LateBrowser(`it gave no answer for ${milliseconds / 1000} s`)),
      milliseconds,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    // What comes after its time is nobody's any more.
    work.catch(() => undefined);
  }
}

/** A browser that gave no answer. */
export class LateBrowser extends Error {}
