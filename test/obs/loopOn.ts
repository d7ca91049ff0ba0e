import type { Answer, ObsReport, Reading, Request } from '../../src/obs/mirror/events.ts'
import { createLoop } from '../../src/obs/takes/loop.ts'
import type { Effect, Picture } from '../../src/playout/effect.ts'
import { promisesSettled, steppedClock } from '../support/steppedClock.ts'

/** Scenes A, B and C, top to bottom; A is on, and Cut is selected. */
export const reading: Reading = {
  obs: { version: '30.2.3', websocket: '5.5.2', platform: 'ubuntu' },
  available: new Set(['GetCurrentSceneTransitionCursor']),
  scenes: ['A', 'B', 'C'],
  program: 'A',
  transition: { name: 'Cut', duration: null },
  transitions: [
    { name: 'Cut', fixed: true },
    { name: 'Fade', fixed: false },
  ],
  transitionRuns: false,
  studioMode: false,
  stream: { phase: 'offline', lasts: null },
  recording: 'off',
  frames: 1000,
  fps: 30,
}

/**
 * The loop on an OBS that does nothing by itself: a test says what it announces (`loop.hear`), what a look finds (`shows`), and how
 * it answers (`answer`; undefined: it does what it is asked). The link is up.
 */
export function loopOn(answer: (request: Request) => Answer | undefined = () => undefined, as: Partial<Reading> = {}) {
  const clock = steppedClock(1000)
  const told: ObsReport[] = []
  const asked: Request[] = []
  const obs = { scenes: [...reading.scenes], program: reading.program }
  let takeId = 0

  const ideal = (request: Request): Answer => {
    if (request.type === 'look' && request.at === 'scenes')
      return { type: 'scenesRead', ...obs, scenes: [...obs.scenes] }
    if (request.type === 'look' && request.at === 'cursor') return { type: 'cursorRead', runs: false }
    if (request.type === 'scene') obs.program = request.scene
    return { type: 'done', request }
  }
  const loop = createLoop({
    clock,
    carryOut: async (request) => {
      asked.push(request)
      return answer(request) ?? ideal(request)
    },
    tell: (report) => void told.push(report),
  })
  loop.hear({ type: 'read', reading: { ...reading, ...as } })
  loop.hear({ type: 'link', state: 'up' })
  told.length = 0

  return {
    ...{ clock, told, asked, obs, loop },
    seen: () => told.filter(({ type }) => type === 'seen'),
    looks: () => asked.filter((request) => request.type === 'look' && request.at === 'scenes').length,
    shows: (scene: string) => {
      obs.program = scene
    },
    /** Wants this on air as a new take, and lets what follows at once happen. */
    want: async (scene: string, more: Partial<Picture> = {}) => {
      takeId += 1
      const wanted: Picture = { ...{ scene, transition: null, media: null, states: [] }, ...more }
      const effect: Effect = { at: clock.now(), takeId, cause: 'command', wanted, next: null, passed: [], acts: [] }
      loop.hear({ type: 'wished', effect })
      await promisesSettled()
      return takeId
    },
    pass: clock.pass,
  }
}
