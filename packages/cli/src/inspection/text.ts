import {
  describeNormalization,
  formatPlural,
  type HistoryInspection,
  type inspectAnswers,
} from '@labproof/submission';
import type { ModelInspection } from '@labproof/grader';
import { terminalText } from '@labproof/report';

function describeRefusal({
  message,
  fix,
  code,
}: {
  message: string;
  fix: string;
  code: string;
}): string {
  return `refused: ${terminalText(message, 500)}\n  what to do: ${terminalText(fix, 500)}\n  [${code}]\n`;
}

/** One line a question with what was read in it; the text is the student's, so control characters are dropped. */
export function describeAnswers(inspection: Awaited<ReturnType<typeof inspectAnswers>>): string {
  if ('refused' in inspection) return describeRefusal(inspection.refused);
  const lines = inspection.answers.flatMap((answer) => [
    `${(answer.question ?? 'unmatched').padEnd(10)} ${terminalText(answer.heading, 60)} (${formatPlural(answer.words, 'word')}, ${formatPlural(answer.images.length, 'picture')}, ${formatPlural(answer.code.length, 'code block')})`,
    ...answer.claims.map(
      ({ metric, value, text }) => `             ${metric} ${value} in "${terminalText(text, 80)}"`,
    ),
    ...answer.asides.map(
      ({ metric, value, text, why }) =>
        `             (${why}: ${metric} ${value} in "${terminalText(text, 80)}")`,
    ),
  ]);
  const histories = inspection.histories.length;
  return `${inspection.format}, ${formatPlural(inspection.answers.length, 'answer')}, ${formatPlural(histories, 'printed training log')}\n${lines.join('\n')}\n`;
}

/** Every epoch of a training history, or why it is refused. */
export function describeHistory(inspection: HistoryInspection): string {
  if ('refused' in inspection) return describeRefusal(inspection.refused);
  const number = (value: number | null): string =>
    (value === null ? '–' : value.toFixed(4)).padStart(14);
  const lines = inspection.epochs.map(
    ({ epoch, loss, accuracy, valLoss, valAccuracy }) =>
      `${String(epoch).padStart(5)}${[loss, accuracy, valLoss, valAccuracy].map(number).join('')}`,
  );
  const head = ['loss', 'accuracy', 'val_loss', 'val_accuracy'].map((name) => name.padStart(14));
  return `training history, ${formatPlural(lines.length, 'epoch')}\nepoch${head.join('')}\n${lines.join('\n')}\n`;
}

/** Where layers do not form a chain, the name of each and of those that it takes. */
function wiring({ name, inputs }: { name: string; inputs?: string[] | undefined }): string {
  if (inputs === undefined) return '';
  return terminalText(`  ${name} ← ${inputs.join(', ')}`, 300);
}

/** Layers, digest and accuracy of a model, or why it is refused. */
export function describeModel(inspection: ModelInspection): string {
  if ('refused' in inspection) {
    return describeRefusal(inspection.refused);
  }
  const { format, kerasVersion, parameters, digest, trainingConfig, evaluation } = inspection;
  const lines = [
    `${format}${kerasVersion === null ? '' : `, Keras ${terminalText(kerasVersion, 40)}`}, ${parameters} parameters`,
    ...inspection.layers.map(
      (layer) =>
        `  ${terminalText(layer.class, 60).padEnd(20)} [${layer.outputShape.join(', ')}]`.padEnd(
          44,
        ) +
        ` ${String(layer.parameters).padStart(9)}  ${terminalText(JSON.stringify(layer.config), 600)}${wiring(layer)}`,
    ),
    `digest ${digest}`,
    `compiled with ${trainingConfig === null ? 'nothing that is stored' : `${terminalText(trainingConfig.optimizer?.class_name ?? 'no optimiser', 60)}, ${terminalText(trainingConfig.loss ?? 'no loss', 60)}`}`,
    ...inspection.notes.map((note) => `note: ${terminalText(note, 600)}`),
  ];
  if (inspection.nonFinite > 0) lines.push(`${inspection.nonFinite} weights are NaN or infinite`);
  if (evaluation !== null) {
    const { dataset, scale, accuracy, loss, misclassified } = evaluation;
    lines.push(
      `on ${dataset} (pixels ${scale}): accuracy ${accuracy.toFixed(4)}, loss ${loss.toFixed(4)}, ${misclassified} misclassified`,
    );
    if (evaluation.inputs !== undefined) {
      const { tried, images } = evaluation.inputs;
      lines.push(
        `pixels by ${describeNormalization(evaluation.inputs)}: of ${tried} ways the one with the smallest loss on the first ${images} images`,
      );
    }
    if (evaluation.evaluatedBy !== undefined) {
      lines.push(`evaluated by ${terminalText(evaluation.evaluatedBy, 200)}`);
    }
  }
  if (inspection.notEvaluated !== null)
    lines.push(`not evaluated: ${terminalText(inspection.notEvaluated.message, 600)}`);
  return `${lines.join('\n')}\n`;
}
