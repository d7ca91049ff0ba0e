import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { searchPath } from './childProcess.ts'
import type { RealObs } from './realObs.ts'

/** Makes a film of one colour with a tone, this many seconds long. */
export async function makeClip(folder: string, seconds: number, colour = '#20c0c0'): Promise<string> {
  const file = join(folder, `clip-${seconds}.mp4`)
  const picture = ['-f', 'lavfi', '-i', `color=c=${colour}:s=64x36:r=30:d=${seconds}`]
  const tone = ['-f', 'lavfi', '-i', `sine=f=440:d=${seconds}`]
  await ffmpeg(...picture, ...tone, '-pix_fmt', 'yuv420p', '-shortest', file)
  return file
}

/** Makes a tone without a picture, this many seconds long. */
export async function makeTone(folder: string, seconds: number): Promise<string> {
  const file = join(folder, `tone-${seconds}.wav`)
  await ffmpeg('-f', 'lavfi', '-i', `sine=f=440:d=${seconds}`, file)
  return file
}

/** Puts a media input that plays the file into a scene, filling the picture. */
export async function addMedia(
  obs: RealObs,
  asked: { scene: string; input: string; file: string; looping?: boolean },
): Promise<void> {
  const { sceneItemId } = await obs.call('CreateInput', {
    sceneName: asked.scene,
    inputName: asked.input,
    inputKind: 'ffmpeg_source',
    inputSettings: { local_file: asked.file, looping: asked.looping === true },
  })
  await obs.call('SetSceneItemTransform', {
    sceneName: asked.scene,
    sceneItemId,
    sceneItemTransform: { boundsType: 'OBS_BOUNDS_STRETCH', boundsWidth: 640, boundsHeight: 360 },
  })
}

/** The silences of a recording, in seconds from its beginning. */
export async function silences(file: string): Promise<readonly { from: number; to: number }[]> {
  const found = await ffmpeg('-i', file, '-vn', '-af', 'silencedetect=n=-50dB:d=0.2', '-f', 'null', '-')
  const numbers = (word: string) => [...found.matchAll(new RegExp(`${word}: ([\\d.]+)`, 'g'))].map(([, n]) => Number(n))
  const ends = numbers('silence_end')
  return numbers('silence_start').map((from, i) => ({ from, to: ends[i] ?? Number.POSITIVE_INFINITY }))
}

async function ffmpeg(...args: string[]): Promise<string> {
  const { stderr } = await promisify(execFile)('ffmpeg', ['-hide_banner', '-nostdin', '-y', ...args], {
    env: { PATH: searchPath },
    timeout: 60_000,
  })
  return stderr
}
