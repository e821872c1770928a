import type { Effort } from './effort.ts';
import type { CodeLayer, ModelDraft, Value } from './value.ts';

/** A network of more layers is none of a student's. */
export const MOST_LAYERS = 1000;
const MOST_NOTES = 20;

/** Notes once what was not understood. */
export function note(draft: ModelDraft, what: string): void {
  if (draft.notUnderstood.length < MOST_NOTES && !draft.notUnderstood.includes(what)) {
    draft.notUnderstood.push(what);
  }
}

/** The network is not what its layers say. */
export function leaveHole(draft: ModelDraft, what: string): void {
  draft.holed = true;
  note(draft, what);
}

/** The networks of a document while its code is followed. */
export class Networks {
  readonly #effort: Effort;
  readonly #order = new Map<ModelDraft, number>();
  readonly #touched = new Set<ModelDraft>();
  /** How many loops are around the statement that is followed. */
  loops = 0;
  /** A bracket of that statement is never closed. */
  torn = false;

  /** Layers that networks take over from one another are taken from the effort. */
  constructor(effort: Effort) {
    this.#effort = effort;
  }

  /** Begins a piece of code. */
  begin(): void {
    this.#touched.clear();
    this.loops = 0;
    this.torn = false;
  }

  /** The networks that the piece deals with, in order of their making. */
  touched(): ModelDraft[] {
    const place = (draft: ModelDraft): number => this.#order.get(draft) ?? 0;
    return [...this.#touched].toSorted((a, b) => place(a) - place(b));
  }

  create(): ModelDraft {
    const draft: ModelDraft = {
      name: '',
      nameDepth: 0,
      layers: [],
      holed: false,
      loops: this.loops,
      optimizer: null,
      loss: null,
      fromLogits: false,
      metrics: [],
      fits: [],
      notUnderstood: [],
    };
    this.#order.set(draft, this.#order.size);
    this.touch(draft);
    return draft;
  }

  touch(draft: ModelDraft): void {
    this.#touched.add(draft);
  }

  /** No network of the piece is known: something in it was not followed. */
  lose(what: string): void {
    if (this.#touched.size === 0) this.create();
    for (const draft of this.#touched) leaveHole(draft, what);
  }

  /** Adds a layer, a list of layers or another network to a network; anything else leaves a hole in it. */
  add(draft: ModelDraft, value: Value): void {
    this.touch(draft);
    if (this.loops > draft.loops) {
      leaveHole(draft, 'layers that are added in a loop');
    } else if (this.torn) {
      leaveHole(draft, 'a call whose bracket is never closed');
    } else if (value.type === 'layer') {
      this.#addLayer(draft, value.layer);
    } else if (value.type === 'tensor' && value.layers.length === 1) {
      // A bare `Input(shape=…)` stands for an input layer.
      this.#addAll(draft, value.layers);
    } else if (value.type === 'layers') {
      for (const item of value.items) this.add(draft, item);
    } else if (value.type === 'model' && value.draft !== draft) {
      const { layers, holed, notUnderstood } = value.draft;
      this.#addAll(draft, layers);
      if (holed) leaveHole(draft, notUnderstood[0] ?? 'a network that is not known');
    } else {
      leaveHole(
        draft,
        value.type === 'model' ? 'a network in itself' : `layer ${draft.layers.length + 1}`,
      );
    }
  }

  #addLayer(draft: ModelDraft, layer: CodeLayer): void {
    for (const option of layer.unclear) {
      note(draft, `${option} of ${layer.className}`);
      if (option !== 'input_shape' && option !== 'batch_input_shape' && option !== 'shape')
        draft.holed = true;
    }
    this.#addAll(draft, [layer]);
  }

  #addAll(draft: ModelDraft, layers: readonly CodeLayer[]): void {
    if (draft.layers.length + layers.length > MOST_LAYERS)
      leaveHole(draft, `more than ${MOST_LAYERS} layers`);
    else if (!this.#effort.spend(layers.length)) leaveHole(draft, 'code that is too long');
    else for (const layer of layers) draft.layers.push(layer);
  }
}
