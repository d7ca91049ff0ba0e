/**
 * A show as a child would play it with a stopwatch: time passes in single milliseconds, and everything is counted up or down.
 * It knows plain durations, holds, forces, pauses, jumps, rounds, acts and entries that recur, and shares no code with what it
 * is compared to.
 */
export type ModelCue = {
  readonly id: string
  readonly scene: string
  readonly duration: number | null
  readonly hold: boolean
  /** Which chapter the cue sets, and after how many milliseconds. */
  readonly acts: readonly { readonly after: number; readonly title: string }[]
}

export type ModelShow = {
  readonly cues: readonly ModelCue[]
  readonly rounds: number
  readonly recurring: readonly { readonly every: number; readonly scene: string; readonly duration: number }[]
}

export type ModelCommand =
  | { readonly type: 'start'; readonly cue?: string }
  | { readonly type: 'stop' | 'pause' | 'resume' | 'reset' | 'hold' | 'unhold' | 'release' }
  | { readonly type: 'next' | 'previous'; readonly ifCue?: string }
  | { readonly type: 'goTo'; readonly cue: string; readonly offset: number }
  | { readonly type: 'extend'; readonly by: number }
  | {
      readonly type: 'forceScene'
      readonly scene: string
      readonly until: 'release' | 'cueEnd' | number
      readonly toggle: boolean
      readonly pause: boolean
    }

export type ModelLine = {
  readonly cue: string | null
  readonly scene: string
  readonly cause: string
  readonly outcome: string
  readonly plannedAt: number
}

type On = {
  round: number
  index: number
  /** How long it has been on, without pauses. */
  position: number
  /** How long it is to be on; null if that is open. */
  length: number | null
  held: boolean
  actsDone: number
}

type Force = { scene: string; since: number; left: number | 'release' | 'cueEnd'; back: string | null }

export function createModel({ cues, rounds, recurring }: ModelShow) {
  let now = 0
  let mode: 'idle' | 'running' | 'paused' | 'stopped' | 'finished' = 'idle'
  let on: On | null = null
  let force: Force | null = null
  let pausedByForce = false
  let pausedFor = 0
  let onAir: string | null = null
  /** How long the show has run, and how late it is. */
  let ran = 0
  let startedAt = 0
  let planFrom = 0
  const lines: ModelLine[] = []
  const acts: { at: number; title: string }[] = []

  const cueOf = ({ index }: On): ModelCue => {
    const cue = cues[index]
    if (cue === undefined) throw new Error(`no cue ${index}`)
    return cue
  }

  const log = (cue: string | null, scene: string, cause: string, outcome: string) =>
    void lines.push({ cue, scene, cause, outcome, plannedAt: now })

  /** The last scene that this instant asked for. Only that goes on air, after the instant. */
  let asked: { cue: string | null; scene: string; cause: string; isEntry: boolean } | null = null
  const take = (cue: string | null, scene: string, cause: string, isEntry = false) => {
    if (asked?.isEntry) log(asked.cue, asked.scene, cause, isEntry ? 'skipped' : 'covered')
    asked = { cue, scene, cause, isEntry }
  }
  const endInstant = () => {
    if (asked !== null) {
      const { cue, scene, cause } = asked
      log(cue, scene, cause, onAir === scene ? 'already' : 'onAir')
      onAir = scene
    }
    asked = null
  }

  const enter = (round: number, index: number, position: number, cause: string) => {
    const cue = cues[index]
    if (cue === undefined) throw new Error(`no cue ${index}`)
    const { id, scene, duration, hold } = cue
    on = { round, index, position, length: duration, held: hold, actsDone: position - 1 }
    if (force?.left === 'cueEnd') force = null
    if (force === null) take(id, scene, cause, true)
    else log(id, scene, cause, 'covered')
  }

  const after = ({ round, index }: On): { round: number; index: number } | null => {
    if (index + 1 < cues.length) return { round, index: index + 1 }
    return round + 1 < rounds ? { round: round + 1, index: 0 } : null
  }

  const leave = (to: 'stopped' | 'finished' | 'idle') => {
    // A release after the show leads back to its last cue.
    if (force !== null && on !== null) force.back = cueOf(on).scene
    mode = to
    on = null
    pausedByForce = false
  }

  const leadBack = (scene: string | null) => {
    if (scene !== null) take(null, scene, 'release')
  }

  const endForce = () => {
    const back = force?.back ?? null
    force = null
    if (pausedByForce) {
      pausedByForce = false
      mode = 'running'
    }
    if (on === null) leadBack(back)
    else take(cueOf(on).id, cueOf(on).scene, 'release')
  }

  const finish = () => {
    // A force that ends with the show leaves the last cue's scene, even if its own time was up.
    const isReleased = force === null && asked !== null && !asked.isEntry
    const back = on !== null && (force?.left === 'cueEnd' || isReleased) ? cueOf(on).scene : null
    if (force === null || force.left === 'cueEnd') asked = null
    if (force?.left === 'cueEnd') force = null
    leave('finished')
    if (back !== null) take(null, back, 'schedule')
  }

  /** Everything that is due at this millisecond in a running show. */
  const catchUp = () => {
    for (;;) {
      if (mode !== 'running' || on === null) return
      const { position, length, held } = on
      if (!held && length !== null && position >= length) {
        const to = after(on)
        if (to === null) finish()
        else enter(to.round, to.index, 0, 'schedule')
        continue
      }
      const playing = on
      for (const { after: offset, title } of [...cueOf(playing).acts].sort((a, b) => a.after - b.after)) {
        if (offset > playing.actsDone && offset <= playing.position) acts.push({ at: now, title })
      }
      playing.actsDone = Math.max(playing.actsDone, playing.position)
      return
    }
  }

  const tick = () => {
    const ticks = mode === 'running'
    now++
    pausedFor = mode === 'paused' ? pausedFor + 1 : 0
    if (ticks && on !== null) {
      on.position++
      ran++
    }
    if (force !== null && typeof force.left === 'number') {
      force.left--
      if (force.left === 0) endForce()
    }
    catchUp()
    if (!ticks || mode !== 'running') return
    for (const { every, scene, duration } of recurring) {
      if (ran % every !== 0) continue
      if (force !== null) log(null, scene, 'recurring', 'skipped')
      else giveRecurring(scene, duration)
    }
  }

  const giveRecurring = (scene: string, duration: number) => {
    force = { scene, since: now, left: duration, back: onAir }
    take(null, scene, 'recurring')
  }

  const judge = (command: ModelCommand): string | null => {
    const isOn = mode === 'running' || mode === 'paused'
    switch (command.type) {
      case 'start': {
        if (isOn) return 'alreadyRunning'
        const index = command.cue === undefined ? 0 : cues.findIndex(({ id }) => id === command.cue)
        if (index < 0) return 'unknownCue'
        mode = 'running'
        ran = 0
        startedAt = now
        planFrom = index
        enter(0, index, 0, 'command')
        return null
      }
      case 'stop':
        if (!isOn) return 'notRunning'
        if (force?.left === 'cueEnd') force = null
        leave('stopped')
        return null
      case 'reset':
        leave('idle')
        if (force !== null) endForce()
        return null
      case 'pause':
        if (mode !== 'running') return 'notRunning'
        mode = 'paused'
        pausedFor = 0
        return null
      case 'resume':
        if (mode !== 'paused') return 'notPaused'
        mode = 'running'
        pausedByForce = false
        return null
      case 'next': {
        if (on === null) return 'notRunning'
        if (command.ifCue !== undefined && command.ifCue !== cueOf(on).id) return 'staleCue'
        const to = after(on)
        if (to === null) return 'noNextCue'
        enter(to.round, to.index, 0, 'command')
        return null
      }
      case 'previous':
        if (on === null) return 'notRunning'
        if (command.ifCue !== undefined && command.ifCue !== cueOf(on).id) return 'staleCue'
        if (on.index === 0) return 'noPreviousCue'
        enter(on.round, on.index - 1, 0, 'command')
        return null
      case 'goTo': {
        if (on === null) return 'notRunning'
        const index = cues.findIndex(({ id }) => id === command.cue)
        const cue = cues[index]
        if (cue === undefined) return 'unknownCue'
        if (cue.duration !== null && !cue.hold && command.offset >= cue.duration) return 'invalid'
        enter(on.round, index, command.offset, 'command')
        return null
      }
      case 'hold':
        if (on === null) return 'notRunning'
        on.held = true
        return null
      case 'unhold':
        if (on === null) return 'notRunning'
        if (on.length === null) return 'noPlannedEnd'
        on.held = false
        return null
      case 'extend': {
        if (on === null) return 'notRunning'
        if (on.length === null) return 'noPlannedEnd'
        const { length, position } = on
        const shorter = length + command.by
        // Never moves the end to before now; an end that has passed stays.
        on.length = command.by > 0 || shorter >= position ? shorter : Math.min(length, position)
        return null
      }
      case 'forceScene': {
        const { scene, until, toggle, pause } = command
        if (until === 'cueEnd' && pause) return 'invalid'
        if (toggle && force?.scene === scene) {
          endForce()
          return null
        }
        if (until === 'cueEnd' && on === null) return 'invalid'
        const back = force === null ? onAir : force.back
        if (pausedByForce) {
          pausedByForce = false
          mode = 'running'
        }
        // The same force given twice in one millisecond is one take.
        const isAgain = force?.scene === scene && force.since === now
        force = { scene, since: now, left: until, back }
        if (pause && mode === 'running') {
          mode = 'paused'
          pausedFor = 0
          pausedByForce = true
        }
        if (!isAgain) take(null, scene, 'force')
        return null
      }
      case 'release':
        if (force === null) return 'noOverride'
        endForce()
        return null
    }
  }

  const planned = (round: number, index: number): number | null => {
    if (round === 0 && index < planFrom) return null
    let sum = 0
    for (let r = 0; r <= round; r++) {
      for (let i = r === 0 ? planFrom : 0; i < cues.length; i++) {
        sum += cues[i]?.duration ?? 0
        if (r === round && i === index) return startedAt + sum
      }
    }
    return null
  }

  return {
    lines,
    acts,
    wait(by: number) {
      for (let i = 0; i < by; i++) {
        tick()
        endInstant()
      }
    },
    /** Why it is refused; null if it is done. */
    send(command: ModelCommand): string | null {
      const reason = judge(command)
      catchUp()
      endInstant()
      return reason
    },
    state() {
      if (on === null)
        return { mode, cue: null, round: null, position: null, left: null, late: 0, force: force?.scene ?? null, onAir }
      const { round, index, position, length, held } = on
      const plan = planned(round, index)
      const end = now - position + (length ?? 0)
      return {
        mode,
        cue: index,
        round,
        position,
        left: held || length === null ? null : Math.max(0, length - position),
        late: plan === null ? (mode === 'paused' ? pausedFor : 0) : end - plan,
        force: force?.scene ?? null,
        onAir,
      }
    },
  }
}
