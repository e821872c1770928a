import type { Evidence } from '../../grade/evidence.ts';
import type { AnswerPicture } from '@labproof/submission';
import type { CheckContext } from '../check-context.ts';
import type { Verdict } from '../verdict.ts';
import { withoutAnswer } from '../shared/absent.ts';

/** A picture smaller than this on a side shows no curves. */
const LEAST_SIDE = 40;

/** Is a picture there that can be read and shows something? What it shows is for the reader of the report. */
export function checkPlot(context: CheckContext): Verdict {
  const { pictures, question } = context;
  if (pictures.length === 0) {
    const absent = withoutAnswer(context, 'your answer');
    if (absent?.outcome === 'refused' || absent?.outcome === 'needs-review') return absent;
    return {
      outcome: 'missing',
      message: absent?.message ?? `The answer to question ${question.number} shows no picture.`,
      advice: `Save the plot as a PNG in the submission and show it under "Question ${question.number}": ![training history](plots/q${question.number}.png).`,
      evidence: [],
    };
  }
  const evidence = pictures.flatMap((picture) => evidenceFor(picture));
  const good =
    pictures.find((picture) => isGood(picture) && picture.pattern === null) ??
    pictures.find(isGood);
  if (good === undefined) {
    const [first] = pictures;
    return first === undefined ? missing() : { ...problemWith(first), evidence };
  }
  if (
    good.sameAs !== null &&
    pictures.every(
      (picture) => !isGood(picture) || picture.pattern !== null || picture.sameAs !== null,
    )
  ) {
    return {
      outcome: 'needs-review',
      message: `The picture "${good.path}" is the same as the one for ${good.sameAs}; whether it belongs here needs manual grading.`,
      advice: 'Check that each question shows its own plot.',
      evidence,
    };
  }
  if (good.pattern !== null) {
    return {
      outcome: 'needs-review',
      message:
        good.pattern === 'noise'
          ? `${good.path} looks like noise: nearly every pixel differs from those around it. Whether it is a plot needs manual grading.`
          : `${good.path} shows no lines: nothing in it stands out from what is around it. Whether it is a plot needs manual grading.`,
      advice: 'Look at the file, and save the plot again if it is not what you see on the screen.',
      evidence,
    };
  }
  const { width, height } = good.content ?? { width: 0, height: 0 };
  return {
    outcome: 'passed',
    message: `The picture "${good.path}" can be read: ${width} × ${height} pixels, not blank.${good.note === null ? '' : ` ${good.note}`}`,
    advice: null,
    evidence,
  };
}

function isGood({ content }: AnswerPicture): boolean {
  return (
    content !== null && !content.blank && Math.min(content.width, content.height) >= LEAST_SIDE
  );
}

function problemWith({ path, content, refused }: AnswerPicture): Omit<Verdict, 'evidence'> {
  if (refused !== null) {
    const notThere = ['image-missing', 'image-remote'].includes(refused.code);
    const unseen = refused.code === 'image-in-pdf';
    return {
      outcome: unseen ? 'needs-review' : notThere ? 'missing' : 'refused',
      message: refused.message,
      advice: refused.fix,
    };
  }
  if (content?.blank === true) {
    return {
      outcome: 'failed',
      message: `The picture "${path}" is blank: all of its ${content.width} × ${content.height} pixels look the same.`,
      advice:
        'Save the plot before the figure is closed or cleared, look at the file, and hand it in again.',
    };
  }
  return {
    outcome: 'failed',
    message: `The picture "${path}" has only ${content?.width ?? 0} × ${content?.height ?? 0} pixels, too few to show curves.`,
    advice: 'Save the plot at about 1000 pixels across.',
  };
}

function evidenceFor({ path, content }: AnswerPicture): Evidence[] {
  return content === null ? [] : [{ kind: 'image', path, ...content }];
}

function missing(): never {
  throw new Error('a list of pictures without a first one');
}
