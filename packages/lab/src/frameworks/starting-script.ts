import type { CheckKinds } from '../checks/check-kinds.ts';
import type { Exercise } from '../exercise.ts';
import type { Lab } from '../lab.ts';
import { exercisesOf, type Question } from '../question.ts';
import { isOpenExercise } from '../student-edition.ts';
import { FRAMEWORK_NAMES, type Framework } from './framework.ts';
import { comment } from './python.ts';
import { recipeCode } from './recipe-code.ts';

/** The questions that ask for code themselves: what a handout shows of it would answer them. */
export interface CodeAsked {
  readonly network: Question | null;
  readonly training: Question | null;
}

/** Which questions ask for the code of an exercise's network, and which for how it is trained. */
export function codeAsked(
  { id }: Exercise,
  { questions }: Pick<Lab, 'questions'>,
  kinds: CheckKinds,
): CodeAsked {
  const asks = (part: 'network' | 'training'): Question | null =>
    questions.find(
      (question) =>
        exercisesOf(question).includes(id) &&
        question.checks.some(({ kind }) => kinds.find(kind)?.answeredByCode === part),
    ) ?? null;
  return { network: asks('network'), training: asks('training') };
}

/**
 * A program to start from: it loads the data, trains and saves under the exercise's name. What a question asks for, and
 * the network of an exercise that students design, is left to them; until it is filled in, the program says what is missing.
 */
export function startingScript(
  exercise: Exercise,
  lab: Lab,
  kinds: CheckKinds,
  framework: Framework,
): string {
  const { id, title } = exercise;
  const code = recipeCode(exercise, framework);
  const open = isOpenExercise(exercise, lab, kinds);
  const asked = codeAsked(exercise, lab, kinds);
  const withoutNetwork = open || asked.network !== null || code.network === null;
  const withoutSettings = open || asked.training !== null;
  return (
    [
      [
        comment(`${id}${open ? '' : `: ${title}`}`),
        comment(`In ${FRAMEWORK_NAMES[framework]}. Run it in the folder that you hand in.`),
        ...(open ? [] : code.leftOut.map((sentence) => comment(`Not here: ${sentence}`))),
      ].join('\n'),
      code.imports,
      code.data,
      withoutNetwork ? gap(NETWORK[framework], open, asked.network) : code.network,
      withoutSettings ? gap(SETTINGS[framework], open, asked.training) : code.settings,
      code.training,
      code.saving,
    ]
      .filter((piece) => piece !== null && piece !== '')
      .join('\n\n') + '\n'
  );
}

/** What is missing, and what the rest of the program goes on with. */
type Gap = readonly [what: string, given: string];

const NETWORK: Readonly<Record<Framework, Gap>> = {
  keras: ['Build the network', 'model = keras.Sequential([…])'],
  pytorch: ['Build the network', 'model = nn.Sequential(…), or a class of your own'],
};
const SETTINGS: Readonly<Record<Framework, Gap>> = {
  keras: ['Compile and fit the network', 'model.compile(…) and history = model.fit(…)'],
  pytorch: [
    'Say how the network is trained',
    'EPOCHS, BATCH_SIZE, criterion = nn.…Loss() and optimizer = torch.optim.…',
  ],
};

function gap([what, given]: Gap, open: boolean, question: Question | null): string {
  const whose = open
    ? ' (it is yours to design)'
    : question === null
      ? ''
      : ` (question ${question.number} asks for this code)`;
  return [comment(`${what}${whose}: ${given}.`), `raise SystemExit("${what} first.")`].join('\n');
}
