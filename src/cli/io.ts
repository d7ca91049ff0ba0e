/** Where a command writes: results to stdout, everything else to stderr. Each call is one line. */
export type Io = { readonly stdout: (line: string) => void; readonly stderr: (line: string) => void }
