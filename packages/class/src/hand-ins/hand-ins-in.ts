import { basename, dirname, resolve } from 'node:path';
import { archiveOf, decodeText } from '@labproof/submission';
import { isPartOfAnother, isWork } from './class-or-student.ts';
import {
  GRADESCOPE_METADATA,
  type GradescopeHandIn,
  readGradescopeMetadata,
} from './gradescope-metadata.ts';
import type { HandIn, HandInPart } from './hand-in.ts';
import {
  type HandInName,
  type HandInRule,
  readClassroomName,
  readHandInName,
} from './hand-in-name.ts';
import { type NamedPart, mergeParts } from './merge-parts.ts';
import type { PassedOver } from './passed-over.ts';
import { clutterOf, contents, isFolder, isZip, type Place, withoutArchive } from './place.ts';
import { platformNames } from './platform-names.ts';
import { idsOfName } from './student-id.ts';

/** The hand-ins of a class, from the folder or the .zip that holds one a student, or what a platform packs. */
export async function handInsIn(place: Place, passedOver: PassedOver[]): Promise<HandIn[]> {
  const file = place.children().find(({ name }) => name === GRADESCOPE_METADATA);
  if (file === undefined) return fromNames(place, place.children(), passedOver);
  const metadata = readGradescopeMetadata(decodeText(await file.read()), file.path);
  const others = place.children().filter(({ name }) => name !== GRADESCOPE_METADATA);
  const handIns = others.filter(
    (child) => (isFolder(child) || isZip(child)) && clutterOf(child) === null,
  );
  const unnamed = handIns.filter(({ name }) => !metadata.has(name));
  if (handIns.length > 0 && unnamed.length === 0) {
    return fromGradescope(others, metadata, passedOver);
  }
  // It belongs to another download, or somebody put folders beside: half of the class must not go by it.
  passedOver.push({ path: file.path, why: setAside(unnamed.map(({ name }) => name)) });
  return fromNames(place, others, passedOver);
}

/** Platforms that may give several folders or files of one student. */
const SPREADS: ReadonlySet<HandInRule> = new Set(['moodle', 'canvas', 'blackboard']);

function setAside([first, ...others]: readonly string[]): string {
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return first === undefined
    ? 'there are no folders beside it that it could name'
    : `it does not name ${first}${more}, so every folder was taken by its own name; export again from Gradescope, or put what is not in its export elsewhere`;
}

/** One a student, or loose files that a platform has put a student's name before. */
function fromNames(folder: Place, places: readonly Place[], passedOver: PassedOver[]): HandIn[] {
  const platforms = platformNames(
    contents(folder).filter(({ name }) => name !== GRADESCOPE_METADATA),
  );
  const parts: NamedPart[] = [];
  const handIns: HandIn[] = [];
  for (const place of places) {
    const { path, name, kind } = place;
    if (kind === 'unopenable') {
      handIns.push(unopenable(place));
      continue;
    }
    const clutter = clutterOf(place);
    const platform = platforms.get(name) ?? null;
    if (clutter !== null) passedOver.push({ path, why: clutter });
    else if (platform !== null && kind !== 'other' && SPREADS.has(platform.rule)) {
      parts.push({ named: platform, path, part: partAt(place, platform.file) });
    } else if (isFolder(place) || /\.zip$/iu.test(name) || archiveOf(name) !== null) {
      if (isPartOfAnother(place, places.length)) {
        passedOver.push({
          path,
          why: 'its name is that of a part of a submission and no student’s; give it to its student',
        });
      } else handIns.push(handInByName(place, { passedOver, around: folder.name }));
    } else {
      passedOver.push({
        path,
        why: isWork(name)
          ? 'it lies loose beside the students’ folders, so nobody knows whose it is; put it into its student’s folder'
          : 'it is neither a folder nor a .zip',
      });
    }
  }
  return [...handIns, ...mergeParts(parts, passedOver)];
}

/** `metadata` names every folder and .zip of `places`. */
function fromGradescope(
  places: readonly Place[],
  metadata: ReadonlyMap<string, GradescopeHandIn>,
  passedOver: PassedOver[],
): HandIn[] {
  const handIns: HandIn[] = [];
  for (const place of places) {
    const { path, name } = place;
    const entry = metadata.get(name);
    if (entry === undefined || !(isFolder(place) || isZip(place))) {
      passedOver.push({ path, why: `${GRADESCOPE_METADATA} does not name it` });
      continue;
    }
    const nobody = { sid: null, email: null, name: null };
    const submitters = entry.submitters.length === 0 ? [nobody] : entry.submitters;
    const others = submitters.length - 1;
    for (const { sid, email, name: person } of submitters) {
      const who = sid ?? email ?? name;
      handIns.push({
        ...idsOfName(who),
        name: person,
        path,
        parts: [partAt(place, '')],
        rule: 'gradescope',
        idKind: sid === null && email === null ? 'name' : 'list',
        group: others > 0 ? name : null,
        why: `Gradescope's ${GRADESCOPE_METADATA} gives ${name} to ${person ?? who}${others > 0 ? ` and ${others} more, who get the same grade` : ''}`,
        uploads: [name],
        submittedAt: entry.createdAt,
        markedLate: false,
      });
    }
  }
  return handIns;
}

/** A folder whose name the system cannot give back, as downloads have it that were unpacked in another encoding. */
function unopenable({ path, name }: Place): HandIn {
  return {
    ...idsOfName(name),
    name: null,
    path,
    parts: [{ path, file: '' }],
    rule: 'plain',
    idKind: 'name',
    group: null,
    why: 'it is named so; the name is in no encoding that can be read, so rename it',
    uploads: [],
    submittedAt: null,
    markedLate: false,
  };
}

/** A folder or .zip of its own, told by its name; `around`: the folder that it lies in among others, `null` by itself. */
export function handInByName(
  place: Place,
  { passedOver, around }: { readonly passedOver: PassedOver[]; readonly around: string | null },
): HandIn {
  const { path, name } = place;
  const platform = readHandInName(name, isFolder(place) ? 'folder' : 'file');
  const classroom = around?.replace(/\.zip$/iu, '') ?? basename(dirname(resolve(path)));
  // Among others a name of Canvas's form that not all of them have is somebody's own.
  const named: HandInName = (platform?.rule === 'canvas' && around !== null ? null : platform) ??
    (isFolder(place) ? readClassroomName(name, classroom) : null) ?? {
      id: isFolder(place) ? name : withoutArchive(name),
      name: null,
      rule: 'plain',
      why: 'it is named so',
      file: '',
      markedLate: false,
      idKind: 'name',
    };
  const part = partAt(place, named.file);
  const graded = part.inside ?? part.path;
  if (graded !== (place.at.inside ?? place.at.path)) {
    passedOver.push({ path, why: `it holds nothing but ${basename(graded)}, which was graded` });
  }
  return {
    ...idsOfName(named.id),
    name: named.name,
    path,
    parts: [part],
    rule: named.rule,
    idKind: named.idKind,
    group: null,
    why: named.why,
    uploads: named.rule === 'plain' ? [] : [name],
    submittedAt: null,
    markedLate: named.markedLate,
  };
}

/** A folder with nothing but one .zip in it stands for that .zip: platforms wrap each upload in a folder. */
function partAt(place: Place, file: string): HandInPart {
  if (!isFolder(place)) return { ...place.at, file: file === '' ? place.name : file };
  const [only, ...others] = contents(place);
  return only !== undefined && others.length === 0 && isZip(only)
    ? { ...only.at, file }
    : { ...place.at, file };
}
