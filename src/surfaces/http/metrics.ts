import type * as prometheus from 'prom-client'
import type { Control, Sent } from '../../orchestrator/control.ts'
import type { AsRunLine } from '../../orchestrator/core/asRun.ts'

/** What is used of prom-client. */
type Library = Pick<typeof prometheus, 'Counter' | 'Gauge' | 'Histogram' | 'Registry'>

/** OBS's own figures, named as GetStats names them. */
export type ObsFigures = Readonly<Record<keyof typeof ofObs, number>>

export type Metrics = {
  take(line: AsRunLine): void
  sent(sent: Sent): void
  /** Everything in the text format of Prometheus. */
  text(): Promise<string>
  readonly contentType: string
}

/** Seconds: a frame at 60, 30 and 20 fps is 0.017, 0.034 and 0.05. */
const frames = [0.005, 0.01, 0.017, 0.034, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

/** Counts takes and commands from now on. No label is a name that somebody chose, so that their number is limited. */
export function createMetrics(
  { Counter, Gauge, Histogram, Registry }: Library,
  { currentState }: Pick<Control, 'currentState'>,
  obsFigures: () => Promise<ObsFigures | null>,
): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const takes = new Counter({
    ...{ name: 'orchestrator_takes_total', help: 'Takes by cause and outcome.', registers },
    labelNames: ['cause', 'outcome'],
  })
  const errors = new Histogram({
    ...{ name: 'orchestrator_take_error_seconds', help: 'How far each take was from its time.', registers },
    buckets: frames,
  })
  const commands = new Counter({
    ...{ name: 'orchestrator_commands_total', help: 'Commands of operators.', registers },
    labelNames: ['type', 'accepted'],
  })
  /** Read when asked for. One that only grows is a counter, as its name says. */
  const figure = (of: prometheus.Registry, name: string, help: string, value: () => number) => {
    const made = { name, help, registers: [of] }
    if (name.endsWith('_total')) {
      new Counter({
        ...made,
        collect() {
          this.reset()
          this.inc(value())
        },
      })
    } else {
      new Gauge({
        ...made,
        collect() {
          this.set(value())
        },
      })
    }
  }
  figure(registry, 'orchestrator_link_up', 'Whether OBS is connected.', () =>
    currentState().link.phase === 'up' ? 1 : 0,
  )
  for (const [name, { help, value }] of Object.entries(ofProcess)) figure(registry, name, help, value)

  return {
    take({ cause, outcome, errorMs }) {
      takes.inc({ cause, outcome })
      if (errorMs !== null && outcome === 'onAir') errors.observe(Math.abs(errorMs) / 1000)
    },
    sent({ command, result }) {
      commands.inc({ type: command.type, accepted: String(result.accepted) })
    },
    async text() {
      const figures = await obsFigures()
      // A registry of its own, so that there are no figures while there is no OBS.
      const obs = new Registry()
      for (const [field, { name, help, unit }] of figures === null ? [] : Object.entries(ofObs))
        figure(obs, name, help, () => Number(Reflect.get(figures ?? {}, field)) * unit)
      return (await registry.metrics()) + (await obs.metrics())
    },
    contentType: registry.contentType,
  }
}

const ofObs = {
  cpuUsage: { name: 'obs_cpu_usage_percent', help: 'CPU use of OBS.', unit: 1 },
  memoryUsage: { name: 'obs_memory_bytes', help: 'Memory used by OBS.', unit: 1024 ** 2 },
  availableDiskSpace: { name: 'obs_disk_free_bytes', help: 'Room on the disk of recordings.', unit: 1024 ** 2 },
  activeFps: { name: 'obs_fps', help: 'Frames rendered per second.', unit: 1 },
  averageFrameRenderTime: { name: 'obs_frame_render_seconds', help: 'Average time to render a frame.', unit: 0.001 },
  renderTotalFrames: { name: 'obs_render_frames_total', help: 'Frames rendered.', unit: 1 },
  renderSkippedFrames: { name: 'obs_render_frames_skipped_total', help: 'Frames missed in rendering.', unit: 1 },
  outputTotalFrames: { name: 'obs_output_frames_total', help: 'Frames put out.', unit: 1 },
  outputSkippedFrames: { name: 'obs_output_frames_skipped_total', help: 'Frames skipped in encoding.', unit: 1 },
} as const

/** The defaults of prom-client would wake the process a hundred times a second. */
const ofProcess: Readonly<Record<string, { readonly help: string; readonly value: () => number }>> = {
  process_cpu_seconds_total: {
    help: 'CPU time of this process.',
    value: () => {
      const { user, system } = process.cpuUsage()
      return (user + system) / 1e6
    },
  },
  process_resident_memory_bytes: { help: 'Memory of this process.', value: () => process.memoryUsage.rss() },
  process_start_time_seconds: {
    help: 'When this process began, in seconds since 1970.',
    value: () => performance.timeOrigin / 1000,
  },
}
