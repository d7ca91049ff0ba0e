import { defineConfig } from 'vitest/config'

/** Tests with real programs, whose timing counts: they run one at a time, after all others. */
const real = [
  'test/endToEnd/**/*.test.ts',
  'test/contract/realObs.test.ts',
  'test/obs/adapter.test.ts',
  'test/surfaces/keyboard/globalKeys.test.ts',
  'test/cli/cli.test.ts',
  'test/cli/remoteControl.test.ts',
]

const limits = { testTimeout: 30_000, hookTimeout: 120_000 }

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          ...limits,
          include: ['test/**/*.test.ts'],
          exclude: real,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'real',
          ...limits,
          include: real,
          fileParallelism: false,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
