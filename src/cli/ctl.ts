import { Command, CommanderError } from 'commander'
import * as argument from '../commands/arguments.ts'
import { operatorCommandSchema } from '../commands/commandSchema.ts'
import { commandEntries, OPERATOR_COMMANDS } from '../commands/table.ts'
import type { Snapshot } from '../orchestrator/core/snapshot.ts'
import { DEFAULT_ADDRESS } from '../surfaces/http/access.ts'
import { printable } from '../surfaces/terminal/log.ts'
import { renderStatus } from '../surfaces/terminal/status.ts'
import { counted } from '../surfaces/terminal/words.ts'
import type { Clock, Millis } from '../time/clock.ts'
import { timeWithMillis, timeWithSeconds } from '../values/zoneTime.ts'
import { tokenOf } from './httpOptions.ts'
import type { Io } from './io.ts'
import { type Remote, RemoteError, remoteAt } from './remote.ts'

export type CtlOptions = {
  readonly io: Io & { flush(): void }
  readonly env: NodeJS.ProcessEnv
  readonly clock: Clock
  /** Columns of the terminal. */
  readonly width: number
  readonly colour: boolean
  /** Ends `watch`. */
  readonly signal?: AbortSignal
}

type CtlWords = { readonly url?: string; readonly tokenFile?: string; readonly json?: boolean }

/** How `ctl` calls a command, where that isn't its own name. */
const shortNames: Readonly<Record<string, string>> = { goTo: 'goto', forceScene: 'force', skipCurrentScene: 'skip' }

/** How long `watch` waits before it looks for the orchestrator again. */
const tryAgainAfter: Millis = 1000

/** Sends a command to an orchestrator that runs, or shows its state. Returns the exit code. */
export async function ctl(words: readonly string[], options: CtlOptions): Promise<number> {
  const { io } = options
  let code = 0
  const program = programOf(options, (ended) => {
    code = ended
  })
  try {
    await program.parseAsync(words, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (!(error instanceof RangeError || error instanceof RemoteError)) throw error
    io.stderr(printable(error.message))
    if (error instanceof RemoteError) return error.reason === 'failed' ? 1 : 3
    return 2
  }
}

function programOf(options: CtlOptions, end: (code: number) => void): Command {
  const { io } = options
  const program = new Command('stream-orchestrator ctl')
    .description('Commands a show that runs, over HTTP.')
    .option('--url <url>', `where the orchestrator is (default: ORCHESTRATOR_URL, or http://${DEFAULT_ADDRESS})`)
    .option('--token-file <file>', 'a file with its token (default: ORCHESTRATOR_TOKEN)')
    .option('--json', 'print one JSON object per line')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .showHelpAfterError('Try --help.')
    .configureOutput({
      writeOut: (text) => io.stdout(text.trimEnd()),
      writeErr: (text) => io.stderr(text.trimEnd()),
    })
    .exitOverride()
    .addHelpText(
      'after',
      `
Exit codes: 0 done; 1 refused; 2 wrong usage; 3 the orchestrator isn't there or didn't let us in.`,
    )
  const remote = () => {
    const { url, tokenFile }: CtlWords = program.opts()
    const token = tokenOf('--token-file', tokenFile, options.env['ORCHESTRATOR_TOKEN'])
    return remoteAt({ url: urlOf(url, options.env), token, clock: options.clock })
  }
  const isJson = () => program.opts<CtlWords>().json === true

  for (const type of OPERATOR_COMMANDS)
    addCommand(program, type, async (given) => end(await send(given, remote(), isJson(), io)))
  program
    .command('state')
    .description('prints what is on, what comes next, and what is wrong')
    .action(async () => end(await showState(remote(), isJson(), options)))
  program
    .command('watch')
    .description('prints a line for each change, until Ctrl+C')
    .action(async () => end(await watch(remote(), isJson(), options)))
  return program
}

/** Makes a command of the table one of the command line: its required argument is a word, the others are options. */
function addCommand(program: Command, type: string, onGiven: (given: object) => Promise<void>): void {
  const { does = '', needs = {}, takes = {} } = commandEntries.get(type) ?? {}
  const command = program.command(shortNames[type] ?? type).description(does)
  for (const [name, { schema }] of Object.entries(needs)) command.argument(`<${name}>`, schema.meta()?.description)
  // Otherwise -30s would be an option.
  if (Object.values(needs).includes(argument.signedDuration)) command.allowUnknownOption()
  for (const [name, taken] of Object.entries(takes)) {
    const option = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
    command.option(taken === argument.flag ? option : `${option} <${name}>`, taken.schema.meta()?.description)
  }
  command.action(() => {
    const required = Object.keys(needs).map((name, index) => [name, command.args[index]] as const)
    return onGiven({ type, ...Object.fromEntries(required), ...command.opts() })
  })
}

async function send(given: object, remote: Remote, json: boolean, io: Io): Promise<number> {
  const { data: command, error } = operatorCommandSchema.safeParse(given, { reportInput: true })
  if (command === undefined) throw new RangeError(error.issues.map(({ message }) => message).join('; '))
  const answer = await remote.send(command)
  if (json) io.stdout(answer.json)
  else if (answer.accepted) io.stdout(inBrief(answer.state))
  if (answer.accepted) return 0
  io.stderr(printable(`refused (${answer.reason}): ${answer.message}`))
  return 1
}

async function showState(remote: Remote, json: boolean, { io, width, colour }: CtlOptions): Promise<number> {
  for await (const { now, state } of remote.states()) {
    const look = { wallOffset: 0, hardStart: null, scenes: null, simulator: false, width, colour }
    const lines = json ? [JSON.stringify(state)] : renderStatus({ ...look, state, now })
    for (const line of lines) io.stdout(line)
    return 0
  }
  throw new RemoteError('away', 'the orchestrator ended the connection before it said anything; try again')
}

async function watch(remote: Remote, json: boolean, { io, clock, signal }: CtlOptions): Promise<number> {
  let last: Snapshot | null = null
  let isLost = false
  while (!signal?.aborted) {
    try {
      for await (const { state, json: written } of remote.states(signal)) {
        if (isLost) io.stderr('connected again')
        isLost = false
        // The state that was shown last comes again with a new connection.
        if (state.seq !== last?.seq || state.at !== last.at) io.stdout(json ? written : watchLine(state))
        io.flush()
        last = state
      }
    } catch (error) {
      if (!(error instanceof RemoteError) || last === null || error.reason !== 'away') throw error
    }
    if (signal?.aborted) break
    if (!isLost) io.stderr('the connection is lost; trying again')
    isLost = true
    await new Promise<void>((resolve) => clock.setTimer(clock.now() + tryAgainAfter, resolve))
  }
  return 0
}

const watchLine = (state: Snapshot): string =>
  `${timeWithMillis(state.at, state.schedule?.timezone ?? 'UTC')} ${inBrief(state)}`

/** A state in one line: `running, Welcome (2/5) until 19:05:00, on air: Main Camera`. */
function inBrief(state: Snapshot): string {
  const { program, override, link, problems } = state
  const { wanted, confirmed } = program
  const isAsked = wanted !== null && wanted !== confirmed
  const parts = [
    state.mode,
    cueInBrief(state),
    confirmed === null ? null : `on air: ${confirmed}`,
    isAsked ? `not yet on air: ${wanted}` : null,
    override === null ? null : `forced: ${override.scene}`,
    link.phase === 'up' ? null : 'OBS is not connected',
    problems.length === 0 ? null : counted(problems.length, 'problem'),
  ]
  return printable(parts.filter((part) => part !== null).join(', '))
}

function cueInBrief({ cue, schedule, pausedAt }: Snapshot): string | null {
  if (cue === null) return null
  const { title, index, endsAt, endsBy, holding } = cue
  const isMoving = pausedAt !== null && endsBy === 'show'
  const end = endsAt === null || isMoving ? '' : ` until ${timeWithSeconds(endsAt, schedule?.timezone ?? 'UTC')}`
  return `${title} (${index + 1}/${schedule?.cueCount ?? '?'})${holding ? ' holding' : end}`
}

function urlOf(given: string | undefined, env: NodeJS.ProcessEnv): URL {
  const written = given ?? (env['ORCHESTRATOR_URL'] || `http://${DEFAULT_ADDRESS}`)
  const url = URL.canParse(written) ? new URL(written) : null
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw new RangeError(
      `the address looks like http://${DEFAULT_ADDRESS}, not ${written}: correct --url or ORCHESTRATOR_URL`,
    )
  return url
}
