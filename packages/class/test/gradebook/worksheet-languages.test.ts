import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { moodleCsv } from '../../src/gradebook/moodle.ts';
import type { GradebookEntry } from '../../src/gradebook/gradebook-entry.ts';
import { readRoster } from '../../src/roster/roster.ts';
import { readCsvAsWritten } from '../../src/tables/csv-table.ts';
import { parseInstant } from '../../src/tables/instant.ts';
import { ClassFolder, problemOf } from '../support/class-folder.ts';

let folder: ClassFolder;
beforeEach(() => {
  folder = new ClassFolder();
});
afterEach(() => folder.remove());

/** Headers as the packs of these languages write them, a participant, and a time. */
const LANGUAGES = {
  German: [
    'ID,"Vollständiger Name",E-Mail-Adresse,Status,Bewertung,Bestwertung,"Bewertung kann geändert werden","Zuletzt geändert (Abgabe)","Zuletzt geändert (Bewertung)","Feedback als Kommentar"',
    'Teilnehmer/in101',
    'Freitag, 20. November 2026, 22:10',
  ],
  French: [
    'Identifiant,"Nom complet","Adresse de courriel",Statut,Note,"Note maximale","La note peut être modifiée","Dernière modification (travail remis)","Dernière modification (note)","Feedback par commentaires"',
    'Participant 101',
    'vendredi 20 novembre 2026, 22:10',
  ],
  Spanish: [
    'Identificador,"Nombre completo","Dirección de correo",Estado,Calificación,"Calificación máxima","La calificación puede ser cambiada","Última modificación (entrega)","Última modificación (calificación)","Comentarios de retroalimentación"',
    'Participante 101',
    'viernes, 20 de noviembre de 2026, 22:10',
  ],
  Dutch: [
    'Identifier,"Volledige naam",E-mailadres,Status,Cijfer,"Maximum cijfer","Cijfer kan veranderd worden","Laatst gewijzigd (inzending)","Laatst gewijzigd (beoordeling)",Feedback',
    'Deelnemer 101',
    'vrijdag, 20 november 2026, 22:10',
  ],
  Italian: [
    'Numero,"Nome completo","Indirizzo email",Stato,Valutazione,"Valutazione massima","La valutazione può essere modificata","Ultima modifica (consegna)","Ultima modifica (valutazione)","Commenti"',
    'Partecipante 101',
    'venerdì, 20 novembre 2026, 22:10',
  ],
  Portuguese: [
    'Identificador,"Nome completo","Endereço de email",Status,Nota,"Nota máxima","A nota pode ser alterada.","Última modificação (envio)","Última modificação (nota)","Comentários de feedback"',
    'Participante 101',
    'sexta-feira, 20 nov. 2026, 22:10',
  ],
} as const;

function worksheet([header, participant, time]: readonly string[], most = '4,00'): string {
  const row = [participant, 'Amy Doe', 'amy@x.org', 'x', '', most, 'x', time, '-', ''];
  const content = `${header}\r\n${row.map((cell) => `"${cell}"`).join(',')}\r\n`;
  return folder.place('worksheet.csv', content);
}

const entry = (points: number): GradebookEntry =>
  ({
    points,
    grade: {
      student: 'amy@x.org',
      name: 'Amy Doe',
      max: 4,
      handIn: { platform: 'moodle', idKind: 'roster' },
    },
  }) as unknown as GradebookEntry;

const OPTIONS = { key: 'username', column: null, title: 'Why' } as const;

describe.each(Object.entries(LANGUAGES))('Moodle’s grading worksheet in %s', (language, about) => {
  it('is a class list with names, participants and times', () => {
    expect(readRoster(worksheet(about), { offset: '+01:00' })).toEqual([
      {
        student: 'amy@x.org',
        name: 'Amy Doe',
        email: 'amy@x.org',
        participant: '101',
        submitted: about[2],
      },
    ]);
    expect(parseInstant(about[2], '+01:00')).toBe(Date.parse('2026-11-20T22:10+01:00'));
  });

  it('comes back with the grades under its own names', () => {
    const gradebook = readCsvAsWritten(worksheet(about));
    const { content, stops, notes } = moodleCsv([entry(3.5)], { gradebook, roster: null }, OPTIONS);
    expect(stops).toEqual([]);
    const columns = gradebook.header.slice(0, -1);
    const time = /[,;]/u.test(about[2]) ? `"${about[2]}"` : about[2];
    const row = [about[1], 'Amy Doe', 'amy@x.org', 'x', '3.5', '"4,00"', 'x', time, ''];
    expect(content).toBe([columns.join(','), row.join(','), ''].join('\r\n'));
    expect(notes.join()).toContain('in the language in which it was downloaded');
    // Moodle would write an older comment over what somebody has written since.
    expect(notes.join()).toContain(`"${gradebook.header.at(-1)}" of the worksheet is left out`);
  });

  it('stops a grade above what Moodle has', () => {
    const gradebook = readCsvAsWritten(worksheet(about, '3,00'));
    const { stops } = moodleCsv([entry(3.5)], { gradebook, roster: null }, OPTIONS);
    expect(stops.join()).toContain('more points than the 3,00 that Moodle has');
    expect(language).not.toBe('');
  });
});

describe('Moodle’s grading worksheet in a language that is not known', () => {
  const POLISH = [
    'Identyfikator,"Pełna nazwa","Adres e-mail",Status,Ocena,"Maksymalna ocena","Ocena może być zmieniona","Ostatnio zmodyfikowane (przesłane)","Ostatnio zmodyfikowane (ocena)",Komentarz',
    'Uczestnik 101',
    '-',
  ];

  it('is an error that names the columns and the way out', async () => {
    const path = worksheet(POLISH);
    const problem = await problemOf(async () => readRoster(path));
    expect(problem.code).toBe('roster-invalid');
    expect(problem.message).toMatch(
      /"Identifier".*"Last modified \(grade\)".*Set Moodle to English/u,
    );
    const gradebook = readCsvAsWritten(path);
    const { content, stops } = moodleCsv([entry(3)], { gradebook, roster: null }, OPTIONS);
    expect(content).toBe('');
    expect(stops.join()).toContain('Set Moodle to English');
  });

  it('is told apart from a class list without ids', async () => {
    const path = folder.place('list.csv', 'Who,Where\nAmy,here\n');
    const problem = await problemOf(async () => readRoster(path));
    expect(problem.message).toMatch(/there are "who", "where"\. Call it "id"/u);
  });
});

describe('a grade export of Moodle in other languages', () => {
  it.each([
    'Vorname,Nachname,ID-Nummer,E-Mail-Adresse,Aufgabe: Lab (Punkte)',
    'Prénom,Nom de famille,Numéro d’identification,Adresse de courriel,Devoir : Lab (Brut)',
    'Nombre,Apellido(s),Número de ID,Dirección de correo,Tarea:Lab (Real)',
  ])('finds its keys: %s', (header) => {
    const path = folder.place('gb.csv', `${header}\nAmy,Doe,s1,amy@x.org,-\n`);
    const gradebook = readCsvAsWritten(path);
    const { content, stops } = moodleCsv(
      [entry(3)],
      { gradebook, roster: null },
      {
        ...OPTIONS,
        key: 'useridnumber',
      },
    );
    expect(stops).toEqual([]);
    expect(content).toBe('useridnumber,Why\r\ns1,3\r\n');
  });
});
