import { failure } from './failure.ts'

export type BackgroundWrite = {
  /** Whether there is something to write. */
  readonly isDue: () => boolean
  /** Writes it. */
  readonly write: () => Promise<void>
  /** Says what a failure means; `why` is its reason. */
  readonly inWords: (why: string) => string
  /** Called once when writing begins to fail, and with null once it works again. */
  readonly onProblem: (message: string | null) => void
}

/**
 * Returns a function that writes what is due, never twice at once. It resolves when that is done or a problem has been reported, and
 * never rejects. After a failure, nothing is tried again until the next call.
 */
export function writeInBackground({ isDue, write, inWords, onProblem }: BackgroundWrite): () => Promise<void> {
  let writing: Promise<void> | null = null
  let isAsked = false
  let hasFailed = false

  const run = async () => {
    while (isDue() && (isAsked || !hasFailed)) {
      isAsked = false
      try {
        await write()
        if (hasFailed) onProblem(null)
        hasFailed = false
      } catch (error) {
        if (!hasFailed) onProblem(inWords(failure(error)))
        hasFailed = true
      }
    }
    writing = null
  }

  return () => {
    isAsked = true
    // In a microtask, so that lines appended together are written together.
    writing ??= Promise.resolve().then(run)
    return writing
  }
}
