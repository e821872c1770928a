import type { DataPart, Metric } from './claim.ts';

/**
 * What a word says that a number beside it is. A `rival` is another quantity of the same size (an error rate), a `setting` a number that was chosen, or a
 * difference: it takes the number that it is tied to and no other; a `count` is a setting that is always whole.
 */
export type Topic = Metric | 'rival' | 'setting' | 'count';

const words = (list: string): string[] => list.trim().split(/\s+/u);

/**
 * Words in lower case, in the languages of classes that this was tried with: English, German, Dutch, French, Spanish,
 * Italian, Portuguese, Swedish, Danish, Polish, Russian, Turkish.
 */
const TERMS: readonly (readonly [Topic, string])[] = [
  [
    'accuracy',
    `acc accuracy accuracies correct correctly
     genauigkeit treffergenauigkeit trefferquote trefferrate klassifikationsgenauigkeit korrektklassifikationsrate
     korrekt korrekte richtig richtige nauwkeurigheid nauwkeurigheden accuratesse exactitude justesse correctement
     exactitud acierto aciertos acertó acierta correctamente accuratezza correttamente acurácia acuracia exatidão acerto corretamente
     noggrannhet nøjagtighed nøyaktighet dokładność точность doğruluk`,
  ],
  [
    'loss',
    `loss losses crossentropy cross-entropy mse verlust verluste verlustwert kreuzentropie verlies verlieswaarde
     perte pertes pérdida pérdidas perdida perdita perda förlust strata потеря потери kayıp`,
  ],
  [
    'rival',
    `error errors misclassified misclassifies misclassify misclassification misclassifications wrong wrongly incorrect incorrectly precision recall auc chance probability
     probabilities misread mistaken misrecognised misrecognized misidentified mistakes failures fehler fehlerrate fehlerquote falsch falsche fehlklassifiziert wahrscheinlichkeit präzision trompe trompent erreur erreurs probabilité
     fout foute fouten verkeerd verkeerde foutpercentage kans errores equivoca equivocan probabilidad errore errori probabilità erro erros probabilidade
     certainty confidence correlation kappa specificity sensitivity iou auroc mcc sicherheit konfidenz trefferwahrscheinlichkeit
     postcode postcodes postleitzahl postleitzahlen plz zip postal`,
  ],
  [
    'setting',
    `difference gap improvement increase decrease gain drop rise change margin deviation std sd variance
     unterschied differenz verbesserung abweichung différence écart amélioration verschil verbetering diferencia mejora
     differenza diferença learning lr dropout decay momentum rho epsilon beta threshold split regularisation regularization regularizer
     lambda alpha gamma temperature noise lernrate dropoutrate leersnelheid apprentissage aprendizaje linewidth
     fontsize figsize width height share`,
  ],
  [
    'count',
    `epoch epochs epoche epochen epoques époque époques epoca epocas época épocas epoche epoch's tijdperk tijdperken
     batch batches size units neurons neuronen filters kernel seed patience shape stride pool version`,
  ],
];

export const TOPICS: ReadonlyMap<string, Topic> = new Map(
  TERMS.flatMap(([topic, list]) => words(list).map((word): [string, Topic] => [word, topic])),
);

/** Words for accuracy in one language and for precision, or for something else, in another. */
export const AMBIGUOUS: ReadonlyMap<string, Metric> = new Map([
  ['précision', 'accuracy'],
  ['precisión', 'accuracy'],
  ['precisão', 'accuracy'],
  ['precyzja', 'accuracy'],
]);

/** Ways in which "loss" is misspelt that are words, too: a metric only with a sign behind them ("lose: 0.08"). */
export const NEARLY_LOSS: ReadonlySet<string> = new Set(
  words('lose los loos lss losse lsos lost ioss losss'),
);

/** Words of which a spelling that differs in one letter is still meant, with the least length at which it is. */
export const SPELT: readonly string[] = [
  ...[...TOPICS]
    .filter(([word, topic]) => topic === 'accuracy' && word.length >= 8)
    .map(([word]) => word),
  'crossentropy',
];

/** Languages that write words together: "Testgenauigkeit", "validatieverlies", "testaccuracy". */
export const ENDINGS: readonly (readonly [string, Metric])[] = [
  ['genauigkeit', 'accuracy'],
  ['nauwkeurigheid', 'accuracy'],
  ['noggrannhet', 'accuracy'],
  ['accuracy', 'accuracy'],
  ['verlust', 'loss'],
  ['verlies', 'loss'],
  ['loss', 'loss'],
];

export const PARTS: ReadonlyMap<string, DataPart> = new Map(
  (
    [
      [
        'validation',
        'val valid validation validierung validierungsdaten validatie validación validación validazione validação',
      ],
      [
        'test',
        'test testing tests evaluation testdaten testset testdata testmenge testsatz testbilder testbildern testbilder testdaten prueba teste тест тестовой',
      ],
      [
        'training',
        'train training trainingsdaten trainingsset trainingsmenge trainingsbilder trainingsdata entraînement entrenamiento addestramento treino treinamento träning',
      ],
    ] as const
  ).flatMap(([part, list]) => words(list).map((word): [string, DataPart] => [word, part])),
);

/** Chinese, Japanese, Korean and Arabic words, which stand without spaces or with prefixes. */
export const UNSPACED: readonly (readonly [RegExp, Topic | DataPart])[] = [
  [/准确率|準確率|正确率|正確率|精度|精确度|正解率|정확도|دقة|دقت/gu, 'accuracy'],
  [/损失|損失|손실|خسارة/gu, 'loss'],
  [/错误率|錯誤率|誤差|误差|召回率|概率|差距/gu, 'rival'],
  [/学习率|學習率|丢弃率/gu, 'setting'],
  [/轮次?|批次/gu, 'count'],
  [/测试|測試|テスト|테스트|اختبار/gu, 'test'],
  [/验证|驗證|検証|검증/gu, 'validation'],
  // Without a noun behind it, it is the act of training and no part of the data.
  [
    /训练(?=集|数据|样本|图|准确|正确|精|损失|的准确|$)|訓練(?=集|數據|資料|データ|セット|準確|正確|精|損失|$)|学習(?=データ|セット|精度|損失|$)|훈련/gu,
    'training',
  ],
];
