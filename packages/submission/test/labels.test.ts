import { describe, expect, it } from 'vitest';
import { readMarkdownAnswers } from '../src/answers/markdown-answers.ts';
import { readLabel } from '../src/text/question-label.ts';
import { kinds } from './support/kinds.ts';
import { lab } from './support/lab.ts';

function read(markdown: string): string[] {
  return readMarkdownAnswers(markdown, 'answers.md', lab, kinds)
    .filter(({ text }) => text !== '')
    .map(({ question, text }) => `${question}: ${text.replaceAll(/\n+/gu, ' / ')}`);
}

describe('labels in other languages', () => {
  it.each([
    'Question 3',
    'Question n° 3 : la courbe',
    'Frage 3:',
    'Frage Nr. 3: Verlauf',
    '3. Frage',
    'Pregunta 3.',
    'Cuestión nº 3',
    'Vraag 3)',
    '3e vraag:',
    'Domanda 3 – la curva',
    'Pergunta 3',
    'Fråga 3',
    'Вопрос 3:',
    '题3',
    '题 3：曲线',
    '第3题 曲线',
    '第三题',
    '【第３题】',
    '问题三：曲线',
    '問題３',
    '문제 3:',
  ])('%s is question 3', (line) => {
    expect(readLabel(line, 'heading')).toMatchObject({
      number: 3,
      strength: 'strong',
    });
  });

  it.each(['第十二题', '问题十二', '题12', 'Frage 12'])('%s is question 12', (line) => {
    expect(readLabel(line, 'heading')?.number).toBe(12);
  });

  it.each([
    'Aufgabe 3',
    'Übung 3:',
    'Opdracht 3',
    'Exercice 3',
    'Ejercicio 3',
    'Task 3',
    '3. Aufgabe',
  ])('%s may be a question, or a sheet of the course', (line) => {
    expect(readLabel(line, 'heading')).toMatchObject({
      number: 3,
      strength: 'task',
    });
  });

  it.each([
    'Antwort 3:',
    'Réponse 3 :',
    'Respuesta 3:',
    'Antwoord 3:',
    '答案3：',
    'Antwort zu Frage 3:',
  ])('%s labels an answer', (line) => {
    expect(readLabel(line, 'plain')).toMatchObject({
      number: 3,
      isAnswer: true,
    });
  });

  it.each([
    'Frage 3 ist schwer, und mit ihr beginne ich.',
    '3 Fragen bleiben offen:',
    'Fragebogen 3:',
    '题目很难，3 个小时不够。',
    'Aufgabe 3 baut auf das Netz auf',
  ])('%s is a sentence', (line) => {
    expect(readLabel(line, 'plain')).toBeNull();
  });

  it('reads answers below them', () => {
    expect(read('## Frage 1\n\n**Antwort:** Pakete.\n\n## Frage 2\n\n### Antwort\n\n5 s')).toEqual([
      'q1: Pakete.',
      'q2: 5 s',
    ]);
    expect(read('第一题：\n分拣包裹。\n\n第二题：\n答：5 秒')).toEqual([
      'q1: 分拣包裹。',
      'q2: 5 秒',
    ]);
  });
});

describe('tasks', () => {
  const all = (word: string): string =>
    [1, 2, 3, 4, 5, 6].map((number) => `## ${word} ${number}\n\nText ${number}.`).join('\n\n');
  it.each(['Aufgabe', 'Opdracht', 'Ejercicio', 'Exercise'])(
    '"%s" counts the questions where it reaches through the lab',
    (word) => {
      expect(read(all(word))).toEqual([1, 2, 3, 4, 5, 6].map((n) => `q${n}: Text ${n}.`));
    },
  );

  it('count them where their titles are those of the questions', () => {
    expect(read('## Task 1: A use\n\nParcels.\n\n## Task 2: Time per epoch\n\n5 s')).toEqual([
      'q1: Parcels.',
      'q2: 5 s',
    ]);
  });

  it.each([
    ['the sheet of the course', '# Übung 3\n\nWir haben ein Netz trainiert.'],
    [
      'two parts of the work',
      '## Aufgabe 1\n\nDas erste Netz.\n\n## Aufgabe 2\n\nDas zweite Netz.',
    ],
  ])('are nothing where they may be %s', (_, markdown) => {
    expect(read(markdown).every((entry) => entry.startsWith('null: '))).toBe(true);
  });

  it('are nothing beside labels that say "question"', () => {
    expect(read('# Exercise 2\n\n## Question 1\n\nParcels.')).toEqual([
      'null: # Exercise 2',
      'q1: Parcels.',
    ]);
  });
});

describe('numbers of a report’s own', () => {
  it('are no questions where the titles are those of reports', () => {
    expect(
      read(
        '## 1. Introduction\n\nParcels.\n\n## 2. Methods\n\nA network.\n\n## 3. Results\n\nIt works.\n\n## 4. Discussion\n\nFine.',
      ),
    ).toEqual([expect.stringMatching(/^null: .*Parcels\..*A network\..*It works\..*Fine\./u)]);
  });

  it('are no questions where they stand beside one that is labelled', () => {
    const answers = read(
      '## Question 1\n\nParcels.\n\n## 2. Our network\n\nIt has two layers.\n\n## 3. How it went\n\nWell.',
    );
    expect(answers.map((entry) => entry.slice(0, 3))).not.toContain('q2:');
  });

  it('are no questions in a list below headings', () => {
    const answers = read(
      '# Lab\n\n## Data\n\nSquares.\n\n## Network\n\n1. A hidden layer.\n2. An output layer.\n\n## Closing words\n\nFine.',
    );
    expect(answers.every((entry) => entry.startsWith('null: '))).toBe(true);
  });

  it('are the questions where they reach through the lab', () => {
    const titles = ['Nutzen', 'Zeit', 'Verlauf', 'Verlust', 'Zweites', 'Vergleich'];
    const markdown = titles
      .map((title, i) => `## ${i + 1}. ${title}\n\nText ${i + 1}.`)
      .join('\n\n');
    expect(read(markdown)).toEqual([1, 2, 3, 4, 5, 6].map((n) => `q${n}: Text ${n}.`));
  });
});

describe('headings that name no question', () => {
  it('end what a mere title began', () => {
    expect(
      read(
        '# Report\n\n## Training history of the linear network\n\nA curve.\n\n## Convolutions\n\nAnother curve.',
      ),
    ).toEqual(['null: # Report', 'q3: A curve.', 'null: Another curve.']);
  });

  it('are told of an answer that goes on below them', () => {
    const [answer] = readMarkdownAnswers(
      '## Question 1\n\nParcels.\n\n## Networks\n\nTwo.\n\n### Details\n\nMore.',
      'answers.md',
      lab,
      kinds,
    );
    expect(answer).toMatchObject({ question: 'q1', topics: ['Networks'] });
    expect(answer?.isWeak).toBeUndefined();
  });
});
