import type { Evaluation } from '@labproof/grader';
import { formatCount, formatPercent } from '../../format.ts';
import { isPicture, packSprite, type Sprite, type TestImage } from '../../plots/digit-sprite.ts';
import { html, type Markup, trusted } from '../../document/markup.ts';

/** More pictures than these say nothing new. */
const MOST = 24;

const percent = (index: number, count: number): string =>
  count <= 1 ? '0' : String(Math.round((index / (count - 1)) * 1e4) / 100);

function tilePosition(sprite: Sprite, position: number): string {
  const column = position % sprite.columns;
  const row = Math.floor(position / sprite.columns);
  return `background-position:${percent(column, sprite.columns)}% ${percent(row, sprite.rows)}%`;
}

/** How sure a model was; a probability that is one but for rounding is not called certain. */
function confidenceText(confidence: number): string {
  return confidence > 0.99995 ? `>\u00a0${formatPercent(0.9999)}` : formatPercent(confidence);
}

/** Wrongly classified test images with the true class, the predicted one and how sure the model was. */
export function renderMisclassified(input: {
  readonly id: string;
  readonly evaluation: Evaluation;
  readonly images: readonly TestImage[];
  readonly classes: readonly string[];
}): Markup | null {
  const { id, evaluation, images, classes } = input;
  const pictures = new Map(images.filter(isPicture).map((image) => [image.index, image]));
  const shown = evaluation.examples.filter(({ index }) => pictures.has(index)).slice(0, MOST);
  const tiles = shown.flatMap(({ index }) => pictures.get(index) ?? []);
  const sprite = packSprite(tiles);
  if (sprite === null) return null;
  const name = (label: number): string => classes[label] ?? String(label);
  const style = `.${id}-pixels{background-image:url(${sprite.uri});background-size:${sprite.columns * 100}% ${sprite.rows * 100}%}`;
  return html`${trusted(`<style>${style}</style>`)}
    <ul class="digits${classes.some((name) => name.length > 3) && ' words'}">
      ${shown.map(
        ({ index, label, predicted, confidence }, position) =>
          html`<li>
            <span
              class="pixels ${id}-pixels"
              role="img"
              aria-label="Test image ${index}"
              style="${tilePosition(sprite, position)}"
            ></span>
            <p>
              is <b>${name(label)}</b>, read as <b>${name(predicted)}</b><br /><span class="muted"
                >${confidenceText(confidence)} sure<br />no. ${formatCount(index)}</span
              >
            </p>
          </li>`,
      )}
    </ul>`;
}
