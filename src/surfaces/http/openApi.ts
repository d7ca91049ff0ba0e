import { z } from 'zod'
import { operatorCommandSchema } from '../../commands/commandSchema.ts'
import { commandEntries, OPERATOR_COMMANDS } from '../../commands/table.ts'
import { jsonSchemaOf } from './commands.ts'

type Json = Readonly<Record<string, unknown>>

/** The description of the API, made from the command table. */
export function openApi(): Json {
  const { $schema, $defs = {}, ...command } = z.toJSONSchema(operatorCommandSchema, { io: 'input' })
  return inComponents({
    openapi: '3.1.0',
    info: {
      title: 'stream-orchestrator',
      version: '1',
      description: 'Times are milliseconds since 1970 and lengths are milliseconds, unless it says otherwise.',
    },
    security: [{}, { token: [] }, { cookie: [] }],
    paths: { ...reads, '/api/v1/commands': { get: commands, post: sendOne }, ...pressed() },
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'orchestrator-4466', description: 'set by ?token=… on a page' },
      },
      schemas: { ...schemas, ...$defs, Command: command },
    },
  })
}

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` })
const answer = (description: string, schema: Json, type = 'application/json'): Json => ({
  description,
  content: { [type]: { schema } },
})
const read = (summary: string, schema: Json, more: Json = {}): Json => ({
  get: { summary, responses: { 200: answer('what it is now', schema), ...denied }, ...more },
})
const query = (name: string, schema: Json, required = false): Json => ({ name, in: 'query', required, schema })

const denied: Json = {
  401: answer('a token is needed, or this one is wrong', ref('Problem')),
  403: answer('this token may only look, or the request comes from a page elsewhere', ref('Problem')),
}

const list = { type: 'array', items: { type: 'object' } }
const text = { type: 'string' }

const reads: Json = {
  '/api/v1/state': read('The state: one snapshot', ref('State')),
  '/api/v1/schedule': read('The cues with planned, expected and actual times', ref('Schedule')),
  '/api/v1/scenes': read('The scenes of the connected OBS; null until they are known', {
    type: 'object',
    required: ['scenes'],
    properties: { scenes: { type: ['array', 'null'], items: text } },
  }),
  '/api/v1/as-run': {
    get: {
      summary: 'The last lines of the as-run log, the oldest first; times are ISO 8601 in UTC',
      parameters: [
        query('last', { type: 'integer', minimum: 1, default: 1000 }),
        query('format', { enum: ['json', 'csv'], default: 'json' }),
      ],
      responses: {
        200: {
          description: 'the lines',
          content: { 'application/json': { schema: list }, 'text/csv': { schema: text } },
        },
        400: answer('a parameter is wrong', ref('Problem')),
        ...denied,
      },
    },
  },
  '/api/v1/events': {
    get: {
      summary: 'Server-sent events: state, take, clients and alive',
      parameters: [query('page', { enum: ['operator', 'presenter', 'overlay'] })],
      responses: {
        200: answer('events, until one side ends it', text, 'text/event-stream'),
        503: answer('too many clients listen', ref('Problem')),
        ...denied,
      },
    },
  },
  '/api/v1/openapi.json': read('This description', { type: 'object' }),
  '/healthz': {
    get: { summary: 'Whether the process is alive', responses: { 200: answer('ok', text, 'text/plain') } },
  },
  '/readyz': {
    get: {
      summary: 'Whether OBS is connected',
      responses: { 200: answer('it is', text, 'text/plain'), 503: answer("it isn't", text, 'text/plain') },
    },
  },
  '/metrics': { get: { summary: 'Figures for Prometheus', responses: { 200: answer('figures', text, 'text/plain') } } },
}

const results: Json = {
  200: answer('the command was carried out', ref('Accepted')),
  400: answer('there is no such command, or its arguments are wrong', ref('Refused')),
  409: answer('the command is refused as things stand', ref('Refused')),
  413: answer('the body is longer than 64 KiB', ref('Problem')),
  ...denied,
}

const commands: Json = {
  summary: 'The commands, their arguments, and the modes in which they are allowed',
  responses: {
    200: answer('the commands, and what this client may do', {
      type: 'object',
      properties: { role: { enum: ['operate', 'view'] }, commands: list },
    }),
    ...denied,
  },
}

const sendOne: Json = {
  summary: 'Sends a command',
  requestBody: { required: true, content: { 'application/json': { schema: ref('Command') } } },
  responses: results,
}

/** One address per command, for buttons that can only press. */
function pressed(): Json {
  const paths = OPERATOR_COMMANDS.map((type) => {
    const { does = '', needs = {}, takes = {} } = commandEntries.get(type) ?? {}
    const parameters = [
      ...Object.entries(needs).map(([name, { schema }]) => query(name, jsonSchemaOf(schema), true)),
      ...Object.entries(takes).map(([name, { schema }]) => query(name, jsonSchemaOf(schema))),
    ]
    return [`/api/v1/commands/${type}`, { post: { summary: does, parameters, responses: results } }] as const
  })
  return Object.fromEntries(paths)
}

const stateFields = [
  ...['seq', 'at', 'mode', 'schedule', 'armedFor', 'cue', 'next', 'pausedAt', 'overUnder', 'override', 'program'],
  ...['link', 'stream', 'recording', 'problems'],
]

const schemas: Json = {
  State: {
    type: 'object',
    required: stateFields,
    properties: { ...Object.fromEntries(stateFields.map((name) => [name, {}])), seq: { type: 'integer' }, mode: text },
  },
  Schedule: {
    type: 'object',
    required: ['now', 'title', 'digest', 'timezone', 'loop', 'duration', 'keys', 'nextHardStart', 'cues'],
    properties: { now: { type: 'integer' }, cues: list, keys: list },
  },
  Accepted: {
    type: 'object',
    required: ['accepted', 'seq', 'state'],
    properties: { accepted: { const: true }, seq: { type: 'integer' }, state: ref('State') },
  },
  Refused: {
    type: 'object',
    required: ['accepted', 'reason', 'message'],
    properties: { accepted: { const: false }, reason: text, message: text },
  },
  Problem: { type: 'object', required: ['message'], properties: { message: text } },
}

/** Schemas that zod puts beside each use are in the components instead. */
function inComponents(document: Json): Json {
  const moved = JSON.stringify(document, (key, value) => (key === '$defs' ? undefined : value))
  return JSON.parse(moved.replaceAll('"#/$defs/', '"#/components/schemas/'))
}
