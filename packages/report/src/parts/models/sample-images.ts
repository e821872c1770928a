import { isPicture, packSprite, type TestImage } from '../../plots/digit-sprite.ts';
import { html, type Markup, trusted } from '../../document/markup.ts';

/** Training images of a dataset, to show what it holds. */
export interface DatasetSamples {
  readonly title: string;
  readonly classes: readonly string[];
  readonly images: readonly (TestImage & { readonly label: number })[];
}

/** A column a class: its name, and its images below one another. `null` where there is no image. */
export function renderSamples(id: string, samples: DatasetSamples): Markup | null {
  const { title, classes, images } = samples;
  const columns = classes.map((name, label) => ({
    name,
    images: images.filter((image) => image.label === label && isPicture(image)),
  }));
  const rows = columns.reduce((most, column) => Math.max(most, column.images.length), 0);
  const ordered = Array.from({ length: rows }, (_, row) =>
    columns.flatMap((column) => column.images[row] ?? []),
  ).flat();
  // Every class fills every row, else the rows of the sprite would not be those of the table.
  if (ordered.length !== rows * columns.length) return null;
  const sprite = packSprite(ordered, columns.length);
  if (sprite === null) return null;
  const names = columns.map(({ name }) => name).join(', ');
  return html`<figure class="samples">
    <figcaption>${title}: the first ${rows} training images of each class</figcaption>
    ${trusted(
      `<svg xmlns="http://www.w3.org/2000/svg" class="sprite" role="img" aria-labelledby="${id}-samples" viewBox="0 0 ${sprite.columns * sprite.tileWidth} ${sprite.rows * sprite.tileHeight}"><title id="${id}-samples">`,
    )}${names}${trusted(
      `</title><image href="${sprite.uri}" width="${sprite.columns * sprite.tileWidth}" height="${sprite.rows * sprite.tileHeight}"/></svg>`,
    )}
    <ol
      class="classes${names.length > 4 * columns.length && ' words'}"
      aria-hidden="true"
      style="grid-template-columns:repeat(${columns.length},1fr)"
    >
      ${columns.map(({ name }) => html`<li>${name}</li>`)}
    </ol>
  </figure>`;
}
