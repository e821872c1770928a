import { planModel } from '@labproof/core';
import { philoxWords } from '@labproof/core/streams';
import type { Lab } from '@labproof/lab';
import { describe, expect, it } from 'vitest';
import { type CopyCandidate, findCopies } from '../../src/copies/find-copies.ts';
import { type Finding, FindingSchema } from '../../src/copies/finding.ts';
import { findSamePredictions } from '../../src/copies/same-predictions.ts';
import { findSharedWeights } from '../../src/copies/shared-weights.ts';
import { findSimilarAnswers } from '../../src/copies/similar-answers.ts';
import type { StudentTraits } from '../../src/copies/student-traits.ts';
import { findTooGood } from '../../src/copies/too-good.ts';
import { unitSignatures } from '../../src/copies/unit-signatures.ts';
import type { Grade } from '../../src/grade/grade.ts';
import { refusedGrade } from '../../src/grade/whole-grade.ts';
import { lab } from '../../../submission/test/support/lab.ts';
import { network } from '../../../submission/test/support/models.ts';

const plan = planModel(network('relu'));

/** Numbers in 0…1 that follow from a seed. */
function stream(seed: number): () => number {
  const words = philoxWords(6000, seed, 7, 0);
  let at = 0;
  return () => (words[at++ % words.length] ?? 0) / 2 ** 32;
}

function randomWeights(seed: number): Float32Array[] {
  const next = stream(seed);
  return plan.layers.flatMap(({ weights }) =>
    weights.map(({ shape }) =>
      Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => next() - 0.5),
    ),
  );
}

/** The same function with the hidden units in another order. */
function permuted(
  [w1, b1, w2, b2]: readonly Float32Array[],
  order: readonly number[],
): Float32Array[] {
  const [units, classes] = [order.length, b2?.length ?? 0];
  const move = (from: Float32Array | undefined, to: (at: number) => number): Float32Array =>
    Float32Array.from({ length: from?.length ?? 0 }, (_, at) => from?.[to(at)] ?? 0);
  return [
    move(w1, (at) => Math.floor(at / units) * units + (order[at % units] ?? 0)),
    move(b1, (at) => order[at] ?? 0),
    move(w2, (at) => (order[Math.floor(at / classes)] ?? 0) * classes + (at % classes)),
    b2 ?? new Float32Array(),
  ];
}

const traits = (
  student: string,
  weights: readonly Float32Array[],
  digest = student,
): StudentTraits => ({
  student,
  digest,
  units: unitSignatures(plan, weights),
  predicted: null,
});

describe('shared weights', () => {
  const mine = randomWeights(1);

  it('finds the same model, and the same units in another order', () => {
    const findings = findSharedWeights('x', [
      traits('amy', mine, 'same'),
      traits('bob', mine, 'same'),
      traits('cid', permuted(mine, [7, 6, 5, 4, 3, 2, 1, 0])),
      traits('dan', randomWeights(2)),
      traits('eve', randomWeights(3)),
    ]);
    expect(findings.map(({ kind, students }) => [kind, students])).toEqual([
      ['identical-weights', ['amy', 'bob']],
      ['same-units', ['amy', 'cid']],
    ]);
    expect(findings[1]?.statistic.value).toBe(1);
    expect(findings[1]?.message).toContain('in another order');
  });

  it('finds a model of which a part was kept', () => {
    const [w1, b1] = mine;
    const [, , w2, b2] = randomWeights(4);
    const parts = [w1, b1, w2, b2].map((array) => array ?? new Float32Array());
    const findings = findSharedWeights('x', [traits('amy', mine), traits('bob', parts)]);
    expect(findings.map(({ kind, statistic }) => [kind, statistic.value])).toEqual([
      ['same-units', 8 / 11],
    ]);
  });

  it('finds nothing among independent models, nor in what everybody was given', () => {
    const strangers = Array.from({ length: 30 }, (_, seed) =>
      traits(`s${seed}`, randomWeights(seed)),
    );
    expect(findSharedWeights('x', strangers)).toEqual([]);
    const [w1, b1] = mine;
    const transfer = Array.from({ length: 10 }, (_, seed) => {
      const [, , w2, b2] = randomWeights(seed + 10);
      return traits(
        `s${seed}`,
        [w1, b1, w2, b2].map((array) => array ?? new Float32Array()),
      );
    });
    expect(findSharedWeights('x', transfer)).toEqual([]);
    const zeros = mine.map((array) => new Float32Array(array.length));
    expect(findSharedWeights('x', [traits('amy', zeros, 'a'), traits('bob', zeros, 'b')])).toEqual(
      [],
    );
  });
});

const IMAGES = 1500;

/** Predictions of a model that is right with a probability that depends on the image, and wrong in its own way. */
function predictions(seed: number, skill = 0): Uint8Array {
  const next = stream(seed + 1000);
  return Uint8Array.from({ length: IMAGES }, (_, image) => {
    const hard = (image % 10) / 10;
    const right = next() > hard * 0.6 - skill;
    return right ? image % 3 : (image + 1 + Math.floor(next() * 2)) % 3;
  });
}

/** A copy that was trained on: it decides one image in twenty anew. */
function trainedOn(original: Uint8Array, seed: number): Uint8Array {
  const next = stream(seed + 5000);
  const fresh = predictions(seed);
  return original.map((value, image) => (next() < 0.05 ? (fresh[image] ?? 0) : value));
}

const predicting = (student: string, predicted: Uint8Array): StudentTraits => ({
  student,
  digest: student,
  units: [],
  predicted,
});

const honest = (count: number, from: number): StudentTraits[] =>
  Array.from({ length: count }, (_, index) =>
    predicting(`s${String(index).padStart(2, '0')}`, predictions(from + index, 0.02 * (index % 4))),
  );

describe('same predictions', () => {
  it('finds a model that was trained on from another, by the class or by references', () => {
    const peers = honest(14, 0);
    const copy = predicting('zoe', trainedOn(peers[3]?.predicted ?? new Uint8Array(), 77));
    const references = Array.from({ length: 10 }, (_, seed) => predictions(seed + 300));
    for (const given of [[], references]) {
      const findings = findSamePredictions('x', [...peers, copy], given);
      expect(findings.map(({ students }) => students)).toEqual([['s03', 'zoe']]);
      expect(findings[0]?.statistic.value).toBeGreaterThan(findings[0]?.statistic.threshold ?? 9);
      expect(FindingSchema.parse(findings[0])).toEqual(findings[0]);
    }
  });

  it.each([10, 25])('accuses no more honest classes of %d than it says', (size) => {
    let alarms = 0;
    const classes = 40;
    for (let seed = 0; seed < classes; seed += 1) {
      if (findSamePredictions('x', honest(size, seed * 100), []).length > 0) alarms += 1;
    }
    // At 1 % a class, two or more alarms in 40 classes have a probability of 6 %, three of less than 1 %.
    expect(alarms).toBeLessThanOrEqual(2);
  });

  it('says nothing of few models', () => {
    const peers = honest(6, 0);
    const copy = predicting('zoe', trainedOn(peers[3]?.predicted ?? new Uint8Array(), 77));
    expect(findSamePredictions('x', [...peers, copy], [])).toEqual([]);
  });
});

const written = (student: string, answer: string): Grade => ({
  ...refusedGrade({ lab, student, name: null }, { code: '', message: '', fix: '' }),
  answers: [{ question: 'q1', heading: 'Question 1', text: answer }],
});

const ESSAY =
  'Sorting parcels by shape would help the post office, because the belts jam when a tube comes after a box, and then somebody has to climb over the machine in the middle of the night to pull it out again.';

describe('similar answers', () => {
  it('finds wording in common, whatever the case and punctuation, and not the template', () => {
    const template = `${lab.questions[0]?.prompt} Answer in your own words, please, and at some length if you can.`;
    const findings = findSimilarAnswers(lab, [
      written('amy', `${template}\n\n${ESSAY}`),
      written('bob', `${template}\n\n**${ESSAY.toUpperCase().replace('NIGHT', 'day')}**`),
      written(
        'cid',
        `${template}\n\nIn hospitals, tissue samples are cut into squares that technicians look through one by one; pointing out the suspicious ones would save them hours every week and patients some days.`,
      ),
      written(
        'dan',
        `${template}\n\nQuality control of tiles: a camera over the belt could tell cracked from whole ones, and the workers would no longer breathe in the dust while they stand beside the kiln all day.`,
      ),
      written('eve', `${template}\n\nNothing comes to mind.`),
      written('fay', template),
    ]);
    expect(findings.map(({ kind, students, question }) => [kind, students, question])).toEqual([
      ['similar-answers', ['amy', 'bob'], 'q1'],
    ]);
    expect(findings[0]?.statistic.value).toBeGreaterThan(0.5);
    expect(findings[0]?.excerpts.map(({ student }) => student)).toEqual(['amy', 'bob']);
  });

  it('makes one finding of a whole group', () => {
    const copies = ['amy', 'bob', 'cid', 'dan'].map((student) => written(student, ESSAY));
    const findings = findSimilarAnswers(lab, copies);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.students).toEqual(['amy', 'bob', 'cid', 'dan']);
  });

  const found = (grades: Grade[]): [string | null, string[]][] =>
    findSimilarAnswers(lab, grades).map(({ question, students }) => [question, students]);
  /** Text that looks the same and is made of other characters. */
  const DISGUISES: readonly (readonly [string, (text: string) => string])[] = [
    ['zero-width spaces', (text) => text.replaceAll(/(?<=\p{L})/gu, '\u200B')],
    ['soft hyphens', (text) => text.replaceAll(/(?<=[aeiou])/gu, '\u00AD')],
    ['combining marks', (text) => text.replaceAll(/(?<=[aeiou])/gu, '\u0323')],
    ['variation selectors', (text) => text.replaceAll(/(?<=[aeiou])/gu, '\uFE0F')],
    [
      'Cyrillic letters',
      (text) => text.replaceAll('a', 'а').replaceAll('e', 'е').replaceAll('o', 'о'),
    ],
    [
      'Greek letters',
      (text) => text.replaceAll('o', 'ο').replaceAll('v', 'ν').replaceAll('i', 'ι'),
    ],
    [
      'full-width letters',
      (text) =>
        text.replaceAll(/[a-z]/gu, (letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0)),
    ],
    [
      'mathematical letters',
      (text) =>
        text.replaceAll(/[a-z]/gu, (letter) =>
          String.fromCodePoint(letter.charCodeAt(0) - 97 + 0x1d41a),
        ),
    ],
    ['noughts and ones', (text) => text.replaceAll('o', '0').replaceAll('l', '1')],
    ['accents', (text) => text.replaceAll('e', 'é').replaceAll('a', 'ä')],
  ];

  it.each(DISGUISES)('sees through %s', (_, disguise) => {
    expect(found([written('amy', ESSAY), written('bob', disguise(ESSAY))])).toEqual([
      ['q1', ['amy', 'bob']],
    ]);
  });

  const CLASS = ['amy', 'bob', 'cid', 'dan', 'eve'];
  it('finds five copies in a class of five, and five versions of one text', () => {
    expect(found(CLASS.map((student) => written(student, ESSAY)))).toEqual([['q1', CLASS]]);
    const changed = CLASS.map((student) =>
      written(student, ESSAY.replace('night', `night of ${student}`)),
    );
    expect(found(changed)).toEqual([['q1', CLASS]]);
  });

  it('finds a copied answer inside of a longer one, and one that is the answer to another question', () => {
    const long = `${ESSAY} Beyond that I would think of the sorting of letters in a bank, where the amounts on cheques are typed by hand up to this day, of the reading of meters in cellars by people who come once a year, and of old parish registers that nobody can search as long as they are nothing but pictures.`;
    expect(found([written('amy', ESSAY), written('bob', long)])).toEqual([['q1', ['amy', 'bob']]]);
    const other: Grade = {
      ...written('bob', ''),
      answers: [{ question: 'q6', heading: 'Question 6', text: ESSAY }],
    };
    const [finding] = findSimilarAnswers(lab, [written('amy', ESSAY), other]);
    expect(finding?.students).toEqual(['amy', 'bob']);
    expect(finding?.message).toContain('to questions 1 and 6');
  });

  it('does not take a text that most of a class hand in for copies', () => {
    const all = Array.from({ length: 14 }, (_, at) => written(`s${at}`, ESSAY));
    expect(found(all)).toEqual([]);
  });

  it('finds copies in Chinese, which writes no spaces', () => {
    const text =
      '训练准确率在最初几轮迅速上升然后趋于平缓而验证准确率紧随其后因为这样大小的线性网络容量太小无法记住单个数字';
    expect(found([written('amy', text), written('bob', `${text}。`)])).toEqual([
      ['q1', ['amy', 'bob']],
    ]);
  });

  it('does not take short facts for copies', () => {
    const facts = ['amy', 'bob'].map((student) => written(student, 'The test accuracy is 0.9763.'));
    expect(findSimilarAnswers(lab, facts)).toEqual([]);
  });
});

describe('findCopies', () => {
  const candidate = (student: string, exercises: string[]): CopyCandidate => ({
    student,
    answers: [],
    exercises,
  });

  it('says once what is the same work', () => {
    const weights = randomWeights(1);
    const predicted = Uint8Array.from({ length: 300 }, (_, at) => (at * at) % 7);
    const findings = findCopies({
      lab: lab satisfies Lab,
      candidates: ['amy', 'bob', 'cid'].map((student) => candidate(student, ['squares-linear'])),
      modelsOf: (exercise, students) =>
        exercise === 'squares-linear'
          ? students.map((student) => ({ ...traits(student, weights, 'same'), predicted }))
          : [],
      references: new Map(),
    });
    expect(findings.map(({ kind, students }) => [kind, students])).toEqual([
      ['identical-weights', ['amy', 'bob', 'cid']],
    ]);
  });

  it('asks for the models of an exercise once, and not where there is nothing to compare', () => {
    const asked: [string, readonly string[]][] = [];
    const { exercises } = lab;
    const [first = '', ...others] = exercises.map(({ id }) => id);
    findCopies({
      lab,
      candidates: [
        candidate('amy', [first]),
        candidate('bob', []),
        candidate('cid', [first, ...others]),
      ],
      modelsOf: (exercise, students) => {
        asked.push([exercise, students]);
        return [];
      },
      references: new Map(),
    });
    expect(asked).toEqual([[first, ['amy', 'cid']]]);
  });
});

describe('models that are too good', () => {
  it('are named', () => {
    const evaluated = (student: string, accuracy: number): Grade => ({
      ...written(student, ''),
      models: [
        {
          exercise: 'squares-linear',
          path: 'm',
          format: 'keras-v3',
          refused: null,
          layers: [],
          parameters: 1,
          digest: 'd',
          evaluation: {
            dataset: 'squares',
            scale: '1/255',
            loss: 1,
            accuracy,
            misclassified: Math.round(300 * (1 - accuracy)),
            confusion: [],
            examples: [],
          },
          history: null,
        },
      ],
    });
    const search = (grades: Grade[]): Finding[] => findTooGood(lab satisfies Lab, grades);
    expect(search([evaluated('amy', 0.9)])).toEqual([]);
    expect(
      search([evaluated('amy', 0.94), evaluated('bob', 0.96), evaluated('cid', 0.99)]),
    ).toEqual([
      expect.objectContaining({ kind: 'above-band', students: ['bob'] }),
      expect.objectContaining({ kind: 'test-images-memorised', students: ['cid'] }),
    ]);
  });
});
