import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { searchPath } from './childProcess.ts'

export type Rgb = readonly [red: number, green: number, blue: number]

/** Consecutive frames that show the same. `scene` is a name in the palette, `mix` (a transition) or `unknown #rrggbb`. */
export type Stretch = { readonly scene: string; readonly from: number; readonly length: number }

/** The colour of each frame of a recording, in order. Gaps in the file's time are filled, so index / fps is seconds. */
export async function decodeFrames(file: string): Promise<Rgb[]> {
  const onePixelEach = ['-vf', 'scale=4:4,crop=1:1:1:1', '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-']
  const { stdout } = await promisify(execFile)('ffmpeg', ['-v', 'error', '-i', file, ...onePixelEach], {
    encoding: 'buffer',
    env: { PATH: searchPath },
    maxBuffer: 64 * 1024 * 1024,
    timeout: 120_000,
  })
  return Array.from({ length: Math.floor(stdout.length / 3) }, (_, frame) => rgbAt(stdout, frame * 3))
}

/** What was on, and for how many frames. A frame counts as the nearest colour of the palette, if one is near enough. */
export function stretches(frames: readonly Rgb[], palette: Readonly<Record<string, string>>): Stretch[] {
  const colours = Object.entries(palette).map(([scene, hex]) => ({ scene, colour: rgbOf(hex) }))
  const nameOf = (frame: Rgb) => {
    const nearest = colours
      .map(({ scene, colour }) => ({ scene, far: distance(frame, colour) }))
      .sort((a, b) => a.far - b.far)[0]
    return nearest !== undefined && nearest.far <= NEAR ? nearest.scene : undefined
  }
  const found: Stretch[] = []
  for (const [index, frame] of frames.entries()) {
    const scene = nameOf(frame) ?? (isMix(frame, colours) ? 'mix' : `unknown ${hexOf(frame)}`)
    const last = found.at(-1)
    if (last?.scene === scene) found[found.length - 1] = { ...last, length: last.length + 1 }
    else found.push({ scene, from: index, length: 1 })
  }
  return found
}

/** H.264 with subsampled colours is off by a few units per channel. Colours of a palette should be over 100 apart. */
const NEAR = 30

/** A Fade moves along the straight line between two colours. */
function isMix(frame: Rgb, colours: readonly { colour: Rgb }[]): boolean {
  return colours.some(({ colour: a }, index) =>
    colours.slice(index + 1).some(({ colour: b }) => distance(frame, nearestOnLine(frame, a, b)) <= NEAR),
  )
}

function nearestOnLine(p: Rgb, a: Rgb, b: Rgb): Rgb {
  const along = [b[0] - a[0], b[1] - a[1], b[2] - a[2]] as const
  const length = along[0] ** 2 + along[1] ** 2 + along[2] ** 2
  if (length === 0) return a
  const dot = (p[0] - a[0]) * along[0] + (p[1] - a[1]) * along[1] + (p[2] - a[2]) * along[2]
  const share = Math.min(1, Math.max(0, dot / length))
  return [a[0] + share * along[0], a[1] + share * along[1], a[2] + share * along[2]]
}

function distance(a: Rgb, b: Rgb): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
}

function rgbAt(bytes: Uint8Array, at: number): Rgb {
  return [bytes[at] ?? 0, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0]
}

export function rgbOf(hex: string): Rgb {
  if (!/^#[0-9a-f]{6}$/i.test(hex)) throw new Error(`"${hex}" is not a colour like #ff8800`)
  const value = Number.parseInt(hex.slice(1), 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}

function hexOf([red, green, blue]: Rgb): string {
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`
}
