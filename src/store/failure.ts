const inWords: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOENT: 'its folder is gone',
  ENOTDIR: 'a file is in the place of its folder',
  EEXIST: 'a file is in its place',
  EISDIR: 'it is a folder',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the disk is read-only',
  EIO: 'the disk fails',
  EMFILE: 'too many files are open',
}

/** Says in words why a file couldn't be read or written. */
export function failure(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = errorCode(error)
  const words = code === null ? undefined : inWords[code]
  return words === undefined ? error.message : `${words} (${code})`
}

export function errorCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}
