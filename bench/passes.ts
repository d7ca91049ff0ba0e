/** Several passes of one measurement. */
export type Passes = readonly number[]

/** Measures several times. The warm-up passes, in which code is still being compiled, don't count. */
export async function passes(measure: () => number | Promise<number>, count = 9, warmUp = 3): Promise<Passes> {
  const values: number[] = []
  for (let i = -warmUp; i < count; i++) {
    const value = await measure()
    if (i >= 0) values.push(value)
  }
  return values
}

/** The value below which this share of the samples lies. */
export function percentile(samples: Float64Array | readonly number[], share: number): number {
  const sorted = Float64Array.from(samples).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** The p50 and the p99 of each pass. */
export type Spread = { readonly p50: Passes; readonly p99: Passes }

/** Like `passes`, for a measurement that yields many samples. */
export async function spreads(sample: () => Float64Array | Promise<Float64Array>, count = 9): Promise<Spread> {
  const p50: number[] = []
  const p99 = await passes(async () => {
    const samples = await sample()
    p50.push(percentile(samples, 0.5))
    return percentile(samples, 0.99)
  }, count)
  return { p50: p50.slice(-p99.length), p99 }
}

/** Microseconds of a monotonic clock. */
export const micros = (): number => performance.now() * 1000

/** Microseconds of CPU time of this process, garbage collection and compilation included. Other processes don't count. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}

/** Bytes on the heap after everything unreachable is collected. */
export function heapUsed(): number {
  if (globalThis.gc === undefined) throw new Error('memory can only be measured with node --expose-gc')
  for (let i = 0; i < 4; i++) globalThis.gc()
  return process.memoryUsage().heapUsed
}
