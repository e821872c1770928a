/**
 * Names of columns in the languages of Moodle's own packs (assign.php, grades.php and moodle.php of de, fr, es, nl, it, pt and pt_br),
 * by the English one in lower case. A pack that leaves a name untranslated writes the English one, so each is known by itself.
 */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  identifier: ['identifiant', 'identificador', 'identificatie', 'identificativo', 'identificatore'],
  'full name': [
    'vollständiger name',
    'nom complet',
    'nom complet de l’utilisateur',
    'nombre completo',
    'nombre completo del usuario',
    'volledige naam',
    'nome completo',
    'nome e cognome',
  ],
  'first name': [
    'vorname',
    'prénom',
    'nombre',
    'voornaam',
    'nome',
    'primeiro nome',
    'nome próprio',
  ],
  'last name': [
    'nachname',
    'nom de famille',
    'nom',
    'apellido(s)',
    'apellidos',
    'apellido',
    'achternaam',
    'cognome',
    'sobrenome',
    'apelido',
    'apelidos',
  ],
  username: [
    'anmeldename',
    'benutzername',
    "nom d'utilisateur",
    'nombre de usuario',
    'gebruikersnaam',
    'nome utente',
    'identificação de usuário',
    'nome de usuário',
    'nome de utilizador',
  ],
  'id number': [
    'id-nummer',
    "numéro d'identification",
    'número de id',
    'número id',
    'número de identificación',
    'codice identificativo',
    'numero id',
    'número de identificação',
    'número de identificação (id)',
  ],
  'student number': ['matrikelnummer', 'matricule', 'matrícula', 'matricola', 'studentnummer'],
  'email address': [
    'e-mail-adresse',
    'e-mail',
    'adresse de courriel',
    'courriel',
    'adresse e-mail',
    'dirección de correo',
    'dirección de correo electrónico',
    'correo electrónico',
    'e-mailadres',
    'indirizzo email',
    'indirizzo e-mail',
    'endereço de email',
    'endereço de e-mail',
  ],
  grade: [
    'bewertung',
    'note',
    'calificación',
    'cijfer',
    'beoordeling',
    'valutazione',
    'voto',
    'nota',
    'avaliação',
  ],
  'maximum grade': [
    'bestwertung',
    'maximale bewertung',
    'note maximale',
    'calificación máxima',
    'maximumcijfer',
    'maximum cijfer',
    'maximale cijfer',
    'maximale beoordeling',
    'valutazione massima',
    'voto massimo',
    'nota máxima',
    'avaliação máxima',
  ],
  'last modified (submission)': [
    'zuletzt geändert (abgabe)',
    'dernière modification (travail remis)',
    'dernière modification (remise)',
    'última modificación (entrega)',
    'última modificación (envío)',
    'laatst gewijzigd (inzending)',
    'laatst gewijzigd (ingestuurde opdracht)',
    'ultima modifica (consegna)',
    'ultima modifica (invio)',
    'última modificação (envio)',
    'última modificação (submissão)',
    'última modificação (trabalho)',
  ],
  'last modified (grade)': [
    'zuletzt geändert (bewertung)',
    'dernière modification (note)',
    'última modificación (calificación)',
    'laatst gewijzigd (beoordeling)',
    'laatst gewijzigd (cijfer)',
    'ultima modifica (valutazione)',
    'última modificação (nota)',
    'última modificação (avaliação)',
  ],
};

const ENGLISH: ReadonlyMap<string, string> = new Map(
  Object.entries(NAMES).flatMap(([english, names]) =>
    names.map((name): [string, string] => [plain(name), english]),
  ),
);

/** A name for comparing: without accents, capitals, and the ways to write an apostrophe. */
function plain(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[’´`]/gu, "'")
    .replaceAll(/\s+/gu, ' ');
}

/** "Participant 101", "Teilnehmer/in101", "Partecipante 101": what every language writes for a participant. */
const PARTICIPANT = /^\p{L}[\p{L}\p{M}/ ().-]*\d{1,12}$/u;

/**
 * The header of a platform's table in English and lower case. Where it is Moodle's grading worksheet, the column of participants is
 * called `identifier`, whatever its language calls it (German: "ID").
 */
export function englishHeader(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const names = header.map((cell) => ENGLISH.get(plain(cell)) ?? cell.trim().toLowerCase());
  if (!names.includes('last modified (grade)') || names.includes('identifier')) return names;
  const column = header.findIndex(
    (_, index) =>
      rows.length > 0 && rows.every((row) => PARTICIPANT.test((row[index] ?? '').trim())),
  );
  return names.map((name, index) => (index === column ? 'identifier' : name));
}

/**
 * Whether a table looks like Moodle's grading worksheet in a language that is not known here: a column of participants by number,
 * and no column of grades.
 */
export function isForeignWorksheet(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): boolean {
  const names = englishHeader(header, rows);
  const first = names.findIndex((_, index) =>
    rows.every((row) => PARTICIPANT.test((row[index] ?? '').trim())),
  );
  const isKnown = names.includes('identifier') && names.includes('grade');
  return rows.length > 0 && first === 0 && header.length > 3 && !isKnown;
}

/** What to do about a worksheet whose columns have other names than any that is known. */
export const NAME_THE_COLUMNS =
  'This looks like Moodle’s grading worksheet in a language whose columns are not known here. Looked for were "Identifier", "Full name", "Grade", "Maximum grade", "Last modified (submission)" and "Last modified (grade)", also in German, French, Spanish, Dutch, Italian and Portuguese. Set Moodle to English (the language menu, or ?lang=en behind its address), download the worksheet again, and upload it in English too; Moodle takes a worksheet only in the language in which it is shown.';
