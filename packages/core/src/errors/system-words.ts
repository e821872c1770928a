/** What the codes of operating systems mean, for the middle of a sentence (errno(3); what Node calls them everywhere). */
const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of its path is a file and no folder',
  EISDIR: 'it is a folder and no file',
  EEXIST: 'there is something of that name already',
  ENOTEMPTY: 'a folder of that name is there and not empty',
  EACCES: 'this account is not allowed to',
  EPERM: 'this account is not allowed to',
  EROFS: 'it lies where nothing can be written',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the space that this account may use is full',
  EFBIG: 'it is larger than files may be there',
  EIO: 'the disk gave an error',
  ELOOP: 'it is a link, or its links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EBUSY: 'another program is using it',
  ETXTBSY: 'another program is using it',
  ENOMEM: 'there is not enough memory',
  EADDRINUSE: 'another program is using it',
  EADDRNOTAVAIL: 'this machine does not have that address',
  ECONNREFUSED: 'nothing answers there',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the other side has ended',
  ETIMEDOUT: 'no answer came in time',
  ENOTFOUND: 'there is no machine of that name',
  EAI_AGAIN: 'the name of the machine could not be looked up',
  EHOSTUNREACH: 'the network does not lead there',
  ENETUNREACH: 'there is no network',
};

/**
 * Why the operating system refused, in words and with its code, which can be looked up: "there is no such file or folder
 * (ENOENT)". `null` where it was not the system, or its code has no words here. The path is left out: whoever says what
 * was tried names it, and it may be one of a machine that a student has no business to know.
 */
export function systemReason(error: unknown): string | null {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return null;
  const words = WORDS[String(error.code)];
  return words === undefined ? null : `${words} (${String(error.code)})`;
}
