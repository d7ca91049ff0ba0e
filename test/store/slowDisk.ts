import { readFileSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { onTestFinished } from 'vitest'
import { until } from '../support/until.ts'

export type SlowDisk = {
  /** Waits until a file that contains the words is being synced. The sync then hangs. */
  asked(): Promise<void>
  release(): void
}

/** A disk on which the sync of any file that contains these words hangs until `release`. */
export async function slowDisk(words: string): Promise<SlowDisk> {
  let isAsked = false
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const handle = await open('/dev/null', 'r')
  const own: FileHandle = Object.getPrototypeOf(handle)
  await handle.close()
  const { sync, datasync } = own
  const slowly = (really: typeof sync) =>
    async function (this: FileHandle) {
      // By the descriptor, since the handle itself may have been read to its end.
      if (readsAs(this).includes(words)) {
        isAsked = true
        await released
      }
      await really.call(this)
    }
  own.sync = slowly(sync)
  own.datasync = slowly(datasync)
  onTestFinished(() => {
    own.sync = sync
    own.datasync = datasync
    release()
  })
  return { asked: () => until(`a file with ${words} to be synced`, () => isAsked).then(() => {}), release }
}

/** Empty for a folder, which can be synced too. */
function readsAs({ fd }: FileHandle): string {
  try {
    return readFileSync(`/dev/fd/${fd}`, 'utf8')
  } catch {
    return ''
  }
}
