import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBrowser } from '../src/pdf/start-browser.ts';
import { contrast } from '../src/plots/palette.ts';
import { PAGES } from './synthetic/pages.ts';
import { look, openPage } from './synthetic/viewer.ts';

/*
 * axe leaves text inside a drawing undecided. Here the colour of every text of every drawing is compared with what
 * really lies behind its middle: the shapes of the drawing, laid over each other, down to the opaque ground.
 */
interface DrawnText {
  readonly text: string;
  readonly colour: string;
  readonly ground: string;
}

const LOOK = `(() => {
  const numbers = (colour) => (colour.match(/[0-9.]+/g) ?? []).map(Number);
  const over = (top, bottom, opacity) => top.map((value, index) => value * opacity + bottom[index] * (1 - opacity));
  const hex = (colour) => '#' + colour.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('');
  const opacityOf = (element) => {
    let opacity = 1;
    for (let part = element; part !== null && part.tagName !== 'svg'; part = part.parentElement)
      opacity *= Number(getComputedStyle(part).opacity);
    return opacity;
  };
  const layer = (element) => {
    const style = getComputedStyle(element);
    const drawn = element instanceof SVGGeometryElement;
    const paint = drawn ? style.fill : style.backgroundColor;
    if (paint === 'none') return null;
    const [red, green, blue, alpha = 1] = numbers(paint);
    const opacity = alpha * (drawn ? Number(style.fillOpacity) * opacityOf(element) : 1);
    return opacity === 0 ? null : { colour: [red, green, blue], opacity };
  };
  const style = document.createElement('style');
  style.textContent = '*{pointer-events:auto!important}svg *{pointer-events:all!important}details{display:none!important}';
  document.head.append(style);
  return [...document.querySelectorAll('svg text')].flatMap((text) => {
    if (text.textContent.trim() === '') return [];
    text.scrollIntoView({ block: 'center' });
    const box = text.getBoundingClientRect();
    if (box.width === 0) return [];
    const stack = document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const layers = stack.filter((element) => !element.closest('text')).map(layer).filter(Boolean);
    const depth = layers.findIndex(({ opacity }) => opacity > 0.999);
    const shown = depth === -1 ? [...layers, { colour: [255, 255, 255], opacity: 1 }] : layers.slice(0, depth + 1);
    const ground = shown.reduceRight((below, { colour, opacity }) => over(colour, below, opacity), [255, 255, 255]);
    const computed = getComputedStyle(text);
    const [red, green, blue] = numbers(computed.fill);
    const opacity = Number(computed.fillOpacity) * opacityOf(text);
    return [{ text: text.textContent.trim(), colour: hex(over([red, green, blue], ground, opacity)), ground: hex(ground) }];
  });
})()`;

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
});

const DRAWN = PAGES.filter(([, html]) => html.includes('<text'));

describe.each(DRAWN)('text in drawings on the page "%s"', (_, html) => {
  let page: Page;
  beforeAll(async () => {
    page = await openPage(browser, html);
  });
  afterAll(() => page.close());

  it.each(['light', 'dark', 'print'] as const)('is legible: %s', async (theme) => {
    await look(page, { width: 1200, theme });
    const texts = (await page.evaluate(LOOK)) as DrawnText[];
    expect(texts.length).toBeGreaterThan(10);
    const ratios = texts.map((drawn) => ({
      ...drawn,
      ratio: contrast(drawn.colour, drawn.ground),
    }));
    expect(ratios.filter(({ ratio }) => ratio < 4.5)).toEqual([]);
    // The shapes behind the text are really found: numbers stand on the tints of a confusion matrix.
    if (html.includes('Confusion matrix')) {
      expect(new Set(texts.map(({ ground }) => ground)).size).toBeGreaterThan(5);
    }
  });
});
