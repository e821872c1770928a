import { BLACK, type Colour, colourOf } from '../../../blocks/styles/colour.ts';
import { listIn, numberIn } from './arguments.ts';
import {
  type Box,
  EVERYWHERE,
  IDENTITY,
  type Matrix,
  applied,
  common,
  isBox,
  isMatrix,
  product,
  transformedBox,
} from './geometry.ts';
import { isOfPicture, outlinesOf } from './paths.ts';

/** A letter at its place on the page, in points from the lower left corner. */
export interface DrawnLetter {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** The middle of the letter, which is what is looked at. */
  readonly middle: readonly [number, number];
  /** Its height in points. */
  readonly size: number;
  /** `null` where it is drawn without ink, or with one that is not known. */
  readonly colour: Colour | null;
  readonly clip: Box;
  /** How many areas were filled before it. */
  readonly after: number;
}

/** A filled area. */
export interface FilledArea {
  /** Corners, x and y in turn, one list for each closed part. */
  readonly outlines: readonly (readonly number[])[];
  readonly evenOdd: boolean;
  readonly box: Box;
  /** `null` for a pattern. */
  readonly colour: Colour | null;
  readonly opacity: number;
  /** It darkens what is below, as a marker does, and covers nothing. */
  readonly darkens: boolean;
}

/** What the drawing orders of a page come to. */
export interface PageDrawing {
  readonly letters: readonly DrawnLetter[];
  readonly areas: readonly FilledArea[];
}

/** The part of pdf.js's names of orders that is looked at. */
export type Orders = Readonly<Record<string, number>>;

interface State {
  matrix: Matrix;
  clip: Box;
  fill: Colour | null;
  stroke: Colour | null;
  opacity: number;
  darkens: boolean;
  font: string;
  size: number;
  mode: number;
  characterSpacing: number;
  wordSpacing: number;
  scale: number;
  leading: number;
  rise: number;
}

/** Corners of filled areas on one page; beyond, it is no page of answers. */
const MOST_CORNERS = 400_000;

/**
 * Follows the drawing orders of a page: where each letter stands, in which colour, and which areas are filled. `fontMatrix`
 * gives the factor of a font's widths. `null` for a page that draws more than is followed.
 */
export function pageDrawing(
  {
    fnArray,
    argsArray,
  }: {
    readonly fnArray: readonly number[];
    readonly argsArray: readonly unknown[];
  },
  orders: Orders,
  fontFactor: (font: string) => number,
): PageDrawing | null {
  const follower = new Follower(fontFactor);
  const names = new Map(Object.entries(orders).map(([name, code]) => [code, name]));
  for (const [index, code] of fnArray.entries()) {
    const args = argsArray[index];
    follower.order(names.get(code) ?? '', Array.isArray(args) ? args : [], orders);
    if (follower.corners > MOST_CORNERS) return null;
  }
  return { letters: follower.letters, areas: follower.areas };
}

class Follower {
  readonly letters: DrawnLetter[] = [];
  readonly areas: FilledArea[] = [];
  corners = 0;
  readonly #fontFactor: (font: string) => number;
  readonly #saved: State[] = [];
  #state: State = {
    matrix: IDENTITY,
    clip: EVERYWHERE,
    fill: BLACK,
    stroke: BLACK,
    opacity: 1,
    darkens: false,
    font: '',
    size: 0,
    mode: 0,
    characterSpacing: 0,
    wordSpacing: 0,
    scale: 1,
    leading: 0,
    rise: 0,
  };
  #text: Matrix = IDENTITY;
  #at: [number, number] = [0, 0];
  #line: [number, number] = [0, 0];
  #clips = false;

  constructor(fontFactor: (font: string) => number) {
    this.#fontFactor = fontFactor;
  }

  order(name: string, args: readonly unknown[], orders: Orders): void {
    const state = this.#state;
    const [first, second] = args;
    switch (name) {
      case 'save':
      case 'beginGroup':
        this.#saved.push({ ...state });
        break;
      case 'restore':
      case 'endGroup':
      case 'paintFormXObjectEnd':
        this.#state = this.#saved.pop() ?? state;
        break;
      case 'paintFormXObjectBegin':
        this.#saved.push({ ...state });
        if (isMatrix(first)) state.matrix = product(state.matrix, first);
        if (isBox(second)) this.#clip(transformedBox(second, state.matrix));
        break;
      case 'transform':
        if (isMatrix(args)) {
          state.matrix = product(state.matrix, args);
          if (isOfPicture(args)) this.#picture();
        }
        break;
      case 'clip':
      case 'eoClip':
        this.#clips = true;
        break;
      case 'constructPath':
        this.#path(args, orders);
        break;
      case 'setFillRGBColor':
        state.fill = colourIn(args);
        break;
      case 'setStrokeRGBColor':
        state.stroke = colourIn(args);
        break;
      case 'setFillColorN':
      case 'setFillTransparent':
        state.fill = null;
        break;
      case 'setStrokeColorN':
      case 'setStrokeTransparent':
        state.stroke = null;
        break;
      case 'setGState':
        if (Array.isArray(first)) for (const entry of first) this.#graphics(entry);
        break;
      case 'beginText':
        this.#text = IDENTITY;
        this.#start(0, 0);
        break;
      case 'setTextMatrix': {
        const matrix = args.length === 6 ? args : listIn(first);
        if (isMatrix(matrix)) this.#text = matrix;
        this.#start(0, 0);
        break;
      }
      case 'moveText':
        this.#move(numberIn(first), numberIn(second));
        break;
      case 'setLeadingMoveText':
        state.leading = -numberIn(second);
        this.#move(numberIn(first), numberIn(second));
        break;
      case 'nextLine':
        this.#move(0, -state.leading);
        break;
      case 'setLeading':
        state.leading = numberIn(first);
        break;
      case 'setFont':
        this.#font(first, second);
        break;
      case 'setTextRenderingMode':
        state.mode = numberIn(first);
        break;
      case 'setCharSpacing':
        state.characterSpacing = numberIn(first);
        break;
      case 'setWordSpacing':
        state.wordSpacing = numberIn(first);
        break;
      case 'setHScale':
        state.scale = numberIn(first) / 100;
        break;
      case 'setTextRise':
        state.rise = numberIn(first);
        break;
      case 'showText':
      case 'showSpacedText':
        this.#show(listIn(first));
        break;
      default:
    }
  }

  #start(x: number, y: number): void {
    this.#at = [x, y];
    this.#line = [x, y];
  }

  #move(x: number, y: number): void {
    this.#start(this.#line[0] + x, this.#line[1] + y);
  }

  #font(name: unknown, size: unknown): void {
    this.#state.font = typeof name === 'string' ? name : '';
    this.#state.size = numberIn(size);
  }

  #graphics(entry: unknown): void {
    if (!Array.isArray(entry)) return;
    const [key, value]: unknown[] = entry;
    if (key === 'ca') this.#state.opacity = numberIn(value);
    else if (key === 'BM') this.#state.darkens = value === 'multiply' || value === 'darken';
    else if (key === 'Font' && Array.isArray(value)) this.#font(value[0], value[1]);
  }

  /** A picture fills the square of one unit, whatever it shows. */
  #picture(): void {
    const { matrix, opacity, clip, darkens } = this.#state;
    const square: Box = [0, 0, 1, 1];
    const outline = [
      ...applied(matrix, 0, 0),
      ...applied(matrix, 1, 0),
      ...applied(matrix, 1, 1),
      ...applied(matrix, 0, 1),
    ];
    this.corners += 4;
    const box = common(transformedBox(square, matrix), clip);
    const shape = { outlines: [outline], evenOdd: false, box };
    this.areas.push({ ...shape, colour: null, opacity, darkens });
  }

  #clip(box: Box): void {
    this.#state.clip = common(this.#state.clip, box);
  }

  #path(args: readonly unknown[], orders: Orders): void {
    const [paint, data, bounds] = args;
    const { matrix, fill, opacity, clip, darkens } = this.#state;
    const clips = this.#clips;
    this.#clips = false;
    const fills = [
      'fill',
      'eoFill',
      'fillStroke',
      'eoFillStroke',
      'closeFillStroke',
      'closeEOFillStroke',
    ];
    const isFilled = fills.some((name) => orders[name] === paint);
    if (!isFilled && !clips) return;
    const corners = listIn(bounds);
    if (isFilled && Array.isArray(data)) {
      const outlines = outlinesOf(listIn(data[0]), matrix);
      for (const outline of outlines) this.corners += outline.length / 2;
      const evenOdd = ['eoFill', 'eoFillStroke', 'closeEOFillStroke'].some(
        (name) => orders[name] === paint,
      );
      const box = isBox(corners) ? common(transformedBox(corners, matrix), clip) : clip;
      this.areas.push({
        outlines,
        evenOdd,
        box,
        colour: fill,
        opacity,
        darkens,
      });
    }
    if (clips && isBox(corners)) this.#clip(transformedBox(corners, matrix));
  }

  #show(glyphs: readonly unknown[]): void {
    const state = this.#state;
    const direction = state.size < 0 ? -1 : 1;
    const size = Math.abs(state.size);
    const scale = state.scale * direction;
    const factor = this.#fontFactor(state.font);
    const matrix = product(state.matrix, this.#text);
    const height = size * Math.hypot(matrix[2], matrix[3]);
    let x = 0;
    for (const glyph of glyphs) {
      if (typeof glyph === 'number') {
        x -= (glyph * size) / 1000;
        continue;
      }
      if (typeof glyph !== 'object' || glyph === null) continue;
      const width = 'width' in glyph ? numberIn(glyph.width) : 0;
      const isSpace = 'isSpace' in glyph && glyph.isSpace === true;
      const text = 'unicode' in glyph && typeof glyph.unicode === 'string' ? glyph.unicode : '';
      const spacing = (isSpace ? state.wordSpacing : 0) + state.characterSpacing;
      const advance = width * size * factor;
      const left = this.#at[0] + x * scale;
      const foot = this.#at[1] + state.rise;
      const [px, py] = applied(matrix, left, foot);
      this.letters.push({
        text,
        x: px,
        y: py,
        middle: applied(matrix, left + (advance * scale) / 2, foot + size * 0.3 * direction),
        size: height,
        colour: this.#ink(),
        clip: state.clip,
        after: this.areas.length,
      });
      x += advance + spacing * direction;
    }
    this.#at[0] += x * scale;
  }

  /** Modes: 0 filled, 1 outlined, 2 both, 3 nothing; from 4 on the same, and letters become a border. */
  #ink(): Colour | null {
    const { mode, fill, stroke, opacity } = this.#state;
    const ink = [fill, stroke, fill, null][mode % 4] ?? null;
    return ink === null ? null : { ...ink, opacity: ink.opacity * opacity };
  }
}

function colourIn(args: readonly unknown[]): Colour | null {
  const [first] = args;
  return typeof first === 'string' ? colourOf(first) : null;
}
