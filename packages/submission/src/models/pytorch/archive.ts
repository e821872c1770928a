import { zipMembers, type ZipMember } from '../../files/zip-archive.ts';
import type { ModelLimits } from '../model-limits.ts';
import type { TorchFile } from './torch-file.ts';
import { PICKLE_LIMITS } from './pickle/limits.ts';
import { readPickle } from './pickle/machine.ts';
import { torchProblem } from './problem.ts';

/** A storage for each array, and as many files again for code and bookkeeping. */
const MOST_ENTRIES = 10_000;
/** A float64 checkpoint with Adam's two moments beside the weights takes 24 bytes a parameter. */
const BYTES_A_PARAMETER = 32;

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}

/**
 * The zip of `torch.save` since 1.6 (`torch/serialization.py`, `_save`) and of `torch.jit.save`: `<name>/data.pkl`, the
 * storages raw in `<name>/data/<key>`, and `<name>/byteorder`.
 */
export async function openTorchArchive(
  bytes: Uint8Array,
  path: string,
  limits: ModelLimits,
): Promise<TorchFile> {
  const members = await listMembers(bytes, path);
  const pickles = [...members.keys()].filter((name) => /(?:^|\/)data\.pkl$/u.test(name));
  const [pickle] = pickles;
  if (pickle === undefined) throw foreign(members, path);
  if (pickles.length > 1) {
    throw torchProblem('pytorch-damaged', path, 'holds more than one data.pkl');
  }
  const root = pickle.slice(0, -'data.pkl'.length);
  const order = members.get(`${root}byteorder`);
  if (order !== undefined && order.bytes < 16) {
    const text = new TextDecoder().decode(await order.inflate());
    if (text.trim() !== 'little') {
      throw torchProblem('pytorch-unread', path, 'was written on a big-endian machine');
    }
  }
  const { value } = readPickle(await inflate(members, pickle, PICKLE_LIMITS.bytes, path));
  const storages = await openStorages(members, `${root}data/`, path, limits);
  return {
    container: members.has(`${root}constants.pkl`) ? 'torchscript' : 'zip',
    root: value,
    storage: ({ key, count, type }) => {
      const found = storages.get(key) ?? null;
      return found !== null && found.length >= count * type.bytes ? found : null;
    },
  };
}

async function listMembers(bytes: Uint8Array, path: string): Promise<Map<string, ZipMember>> {
  const members = new Map<string, ZipMember>();
  for await (const member of zipMembers(bytes)) {
    if (members.size >= MOST_ENTRIES) {
      throw torchProblem('pytorch-damaged', path, `holds more than ${MOST_ENTRIES} files`);
    }
    if (members.has(member.name)) {
      throw torchProblem('pytorch-damaged', path, `holds ${member.name} more than once`);
    }
    if (member.encrypted) {
      throw torchProblem('pytorch-damaged', path, 'is protected with a password');
    }
    members.set(member.name, member);
  }
  return members;
}

async function openStorages(
  members: ReadonlyMap<string, ZipMember>,
  folder: string,
  path: string,
  { parameters }: ModelLimits,
): Promise<Map<string, Uint8Array>> {
  const wanted = [...members].filter(
    ([name]) => name.startsWith(folder) && !name.slice(folder.length).includes('/'),
  );
  const total = wanted.reduce((sum, [, { bytes }]) => sum + bytes, 0);
  if (total > parameters * BYTES_A_PARAMETER) {
    throw torchProblem(
      'pytorch-too-large',
      path,
      `declares ${total} bytes of numbers; more than ${
        parameters * BYTES_A_PARAMETER
      } are not read`,
      'Hand in the network that the exercise describes, without the state of its optimiser: torch.save(model.state_dict(), "name.pt").',
    );
  }
  const storages = new Map<string, Uint8Array>();
  for (const [name, member] of wanted) {
    storages.set(name.slice(folder.length), await member.view());
  }
  return storages;
}

async function inflate(
  members: ReadonlyMap<string, ZipMember>,
  name: string,
  most: number,
  path: string,
): Promise<Uint8Array> {
  const member = members.get(name);
  if (member === undefined) throw torchProblem('pytorch-damaged', path, `holds no ${name}`);
  if (member.bytes > most) {
    throw torchProblem('pytorch-too-large', path, `declares ${member.bytes} bytes for ${name}`);
  }
  return member.inflate();
}

function foreign(members: ReadonlyMap<string, ZipMember>, path: string): Error {
  const names = [...members.keys()];
  if (
    names.some((name) =>
      /(?:^|\/)(?:serialized_exported_program\.json|archive_format)$/u.test(name),
    )
  ) {
    return torchProblem('pytorch-unread', path, 'is a program of torch.export, which is not read');
  }
  if (names.some((name) => /(?:^|\/)\.data\/(?:extern_modules|version)$/u.test(name))) {
    return torchProblem('pytorch-unread', path, 'is a package of torch.package, which is not read');
  }
  if (names.includes('config.json') && names.includes('metadata.json')) {
    return torchProblem(
      'pytorch-unread',
      path,
      'is named as PyTorch names its files and holds a model of Keras',
      'Give it the ending .keras.',
    );
  }
  return torchProblem(
    'pytorch-damaged',
    path,
    'is a zip that torch.save did not write: it holds no data.pkl',
  );
}
