#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Argument, Command, CommanderError, Option } from 'commander'
import type { DemoWords } from './cli/demo.ts'
import { createIo } from './cli/io.ts'
import type { PlanWords } from './cli/plan.ts'
import type { RunWords } from './cli/run.ts'
import type { SimulateWords } from './cli/simulate.ts'
import { failure } from './store/failure.ts'
import { LEVELS, LOG_STYLES } from './surfaces/terminal/log.ts'
import { systemClock } from './time/systemClock.ts'

/** The pages as `npm run build` leaves them, beside this file. */
const pages = fileURLToPath(new URL('./web', import.meta.url))
const io = createIo(process.stdout, process.stderr)

const program = new Command('stream-orchestrator')
  .description('A director for OBS Studio: plays a YAML scene schedule to air, on time and verified.')
  .version(version(), '-V, --version', 'print the version')
  .helpOption('-h, --help', 'print this help')
  .helpCommand('help [command]', 'print the help of a command')
  .showHelpAfterError('Try --help.')
  .exitOverride()
  .addHelpText(
    'after',
    `
Exit codes: 0 done; 1 failed; 2 wrong usage or an invalid schedule; 3 OBS isn't there or didn't let us in;
130 and 143 on Ctrl+C and SIGTERM, which stop the show cleanly first.`,
  )

const scheduleFile = () => new Argument('<file>', 'the schedule, a YAML file')
const asJson = () => new Option('--json', 'print one JSON object per line')
const at = () =>
  new Option('--at <time>', "when the show starts: 2026-12-04T19:00, or 19:00 today, in the schedule's zone")

withRunOptions(program.command('run').description('play a schedule on OBS').addArgument(scheduleFile())).action(
  exits(async (file: string, words: RunWords) => (await import('./cli/run.ts')).run(file, { ...words, pages }, io)),
)

program
  .command('validate')
  .description('check schedules without OBS')
  .argument('<files...>', 'the schedules')
  .addOption(asJson())
  .action(
    exits(async (files: string[], words: { json?: boolean }) =>
      (await import('./cli/validate.ts')).validate(files, io, words),
    ),
  )

program
  .command('plan')
  .description('print the cue sheet of one round with planned times')
  .addArgument(scheduleFile())
  .addOption(at())
  .addOption(asJson())
  .action(exits(async (file: string, words: PlanWords) => (await import('./cli/plan.ts')).plan(file, words, io)))

program
  .command('simulate')
  .description('play the show on a virtual clock, in no time, and print its as-run lines')
  .addArgument(scheduleFile())
  .option('--for <duration>', 'how long to play (default: to the end, or 24 h without one)')
  .addOption(at())
  .addOption(asJson())
  .action(
    exits(async (file: string, words: SimulateWords) => (await import('./cli/simulate.ts')).simulate(file, words, io)),
  )

program
  .command('ctl')
  .description('command a show that runs, or see its state; `ctl --help` says how')
  .argument('[words...]', 'start, stop, next, force, state, watch …')
  // The words are read by `ctl` itself.
  .allowUnknownOption()
  .helpOption(false)
  .action(async (words: string[]) => {
    const { ctl } = await import('./cli/ctl.ts')
    const { columns = 100, isTTY } = process.stdout
    const colour = isTTY && !process.env['NO_COLOR']
    process.exitCode = await ctl(words, { io, env: process.env, clock: systemClock(), width: columns, colour })
  })

program
  .command('replay')
  .description('replay a journal up to the first line that differs')
  .argument('<journal>', 'a journal.jsonl from a state folder')
  .action(exits(async (file: string) => (await import('./cli/replay.ts')).replay(file, io)))

program
  .command('schema')
  .description('print the JSON Schema of schedules')
  .action(exits(async () => (await import('./cli/schema.ts')).schema(io)))

withRunOptions(
  program
    .command('demo [file]', { hidden: true })
    .configureHelp({ commandUsage: () => 'npm start -- [options] [file]' })
    .description('play a schedule on OBS, or the demo: on an OBS that has its scenes, otherwise on the simulator')
    .option('--create-demo-scenes', "make the demo's scenes in OBS first, in a scene collection of their own"),
).action(
  exits(async (file: string | undefined, words: DemoWords) => {
    const demoFile = fileURLToPath(new URL('../scenes/demo.yaml', import.meta.url))
    return (await import('./cli/demo.ts')).demo(file, { ...words, pages }, demoFile, io)
  }),
)

// The reader of our results may leave early. If nobody reads the log any more, the show goes on.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit()
  io.stderr(`the results can't be written: ${failure(error)}`)
  process.exit(1)
})
process.stderr.on('error', () => {})

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof CommanderError)) throw error
  process.exitCode = error.exitCode === 0 ? 0 : 2
}
io.flush()

/** An action that ends the process with the exit code of a command. Each command is imported only when it is asked for. */
function exits<Words extends unknown[]>(command: (...words: Words) => Promise<number>) {
  return async (...words: Words): Promise<void> => {
    process.exitCode = await command(...words)
  }
}

function withRunOptions(command: Command): Command {
  return command
    .option('--obs <url>', 'where OBS listens (default: OBS_URL, the schedule, or ws://127.0.0.1:4455)')
    .option('--obs-password-file <file>', "a file with OBS's WebSocket password (default: OBS_PASSWORD)")
    .option('--http <host:port>', 'where the web pages and the HTTP API are (default: 127.0.0.1:4466)')
    .option('--no-http', 'no web pages and no HTTP API')
    .option('--http-token-file <file>', 'a file with the token that HTTP clients need (default: ORCHESTRATOR_TOKEN)')
    .option('--http-view-token-file <file>', 'a file with a token that may look, but not command')
    .option('--no-hotkeys', 'no keys, neither on the desktop nor in the terminal')
    .option('--start', 'begin once OBS is connected')
    .option('--exit-when-finished', 'end when the show is over')
    .option(
      '--state-dir <dir>',
      "folder of the as-run log and the journal (default: one per schedule, in the platform's place)",
    )
    .option('--fresh', 'begin anew, even if the show was on when its last process ended')
    .option('--watch', 'reload the schedule when it is saved')
    .option('--simulator', 'play on an embedded simulator instead of OBS')
    .addOption(new Option('--log <style>', 'how log lines look').choices(LOG_STYLES).default('pretty'))
    .addOption(new Option('--log-level <level>', 'the lowest level to log').choices(LEVELS).default('info'))
}

function version(): string {
  const { version }: { version: string } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  return version
}
