import { reasonOf } from '@labproof/core';
import type { HandedIn } from '@labproof/class';
import type { PagePictures } from '@labproof/report';
import { pdfOf } from '../answers/pdf-of.ts';
import type { WaitingAnswer } from '../answers/waiting-answers.ts';
import type { Reader } from '../team/team.ts';
import type { Desk } from './desk.ts';
import type { PagesView } from './protocol.ts';

/** Answers whose pictures are kept for whoever comes back. */
const MOST_KEPT = 24;

/** Where pictures of pages come from. */
export interface PageSource {
  /** `null` where nobody knows what was handed in. */
  readonly handedIn: HandedIn | null;
  readonly pictures: Pick<PagePictures, 'draw'>;
}

/** Pictures of the PDF pages on which answers stand; whatever goes wrong with one is said in its place. */
export class AnswerPages {
  readonly #source: PageSource;
  readonly #kept = new Map<string, Promise<PagesView>>();

  constructor(source: PageSource) {
    this.#source = source;
  }

  of(desk: Desk, answer: WaitingAnswer, reader: Reader): Promise<PagesView> {
    const isNamed = desk.named && reader.role === 'lead';
    const key = `${answer.key} ${answer.digest} ${isNamed}`;
    const kept = this.#kept.get(key) ?? this.#draw(desk, answer, isNamed);
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEPT) break;
      this.#kept.delete(oldest);
    }
    return kept;
  }

  async #draw(desk: Desk, answer: WaitingAnswer, isNamed: boolean): Promise<PagesView> {
    const without = (problem: string): PagesView => ({ pages: [], problem });
    const grade = desk.room.waiting.grade(answer.student);
    const path = pdfOf(grade, answer.question);
    if (path === null) return without('The answer was not in a PDF.');
    try {
      const files = (await this.#source.handedIn?.filesOf(grade)) ?? null;
      const file = files?.files.find((entry) => entry.path === path);
      if (file === undefined) {
        return without('What was handed in is not where it was graded from, or is another now.');
      }
      const pages = await this.#source.pictures.draw(file.read(), {
        like: answer.text,
        hide: isNamed ? null : desk.hide(answer),
      });
      return pages.length === 0
        ? without('Its pages hold no words, and so nobody can take a name out of them.')
        : { pages, problem: null };
    } catch (error) {
      const why = isNamed ? reasonOf(error) : desk.hide(answer)(reasonOf(error));
      return without(`The PDF could not be drawn (${why.split('\n')[0]?.slice(0, 200)}).`);
    }
  }
}
