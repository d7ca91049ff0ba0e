import { describe, expect, it } from 'vitest'
import { argumentNames, OPERATOR_COMMANDS } from '../../../src/commands/table.ts'
import { openApi } from '../../../src/surfaces/http/openApi.ts'
import { serve } from '../../support/httpServer.ts'
import { load } from '../../support/show.ts'

// biome-ignore lint/suspicious/noExplicitAny: a document is looked at field by field.
const document: any = openApi()

describe('the OpenAPI description', () => {
  it('is served, and is of version 3.1', async () => {
    const { raw } = await serve('cues: [{ scene: A, duration: 10s }]')
    const { headers, json } = await raw('/api/v1/openapi.json')
    expect(headers['content-type']).toBe('application/json')
    expect(json()).toEqual(document)
    expect(document.openapi).toBe('3.1.0')
  })

  it('describes each command of the table, with its arguments', () => {
    for (const type of OPERATOR_COMMANDS) {
      const { parameters } = document.paths[`/api/v1/commands/${type}`].post
      expect(parameters.map(({ name }: { name: string }) => name)).toEqual(argumentNames(type))
    }
    expect(JSON.stringify(document.components.schemas.Command)).not.toMatch(/configure|updateStreamStatus/)
  })

  it('describes only what is there', async () => {
    const { raw } = await serve('cues: [{ scene: A, duration: 10s }]')
    for (const [path, methods] of Object.entries<object>(document.paths))
      for (const method of ['get', 'post']) {
        const { status } = await raw(path, { method: method === 'get' ? 'HEAD' : 'POST' })
        expect({ path, method, isThere: status !== 404 && status !== 405 }).toEqual({
          path,
          method,
          isThere: method in methods,
        })
      }
  })

  it('refers only to schemas that it has', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name]) => name,
    )
    expect(refs).toContain('duration')
    expect(refs.filter((name) => document.components.schemas[name ?? ''] === undefined)).toEqual([])
    expect(JSON.stringify(document)).not.toContain('$defs')
  })

  it('names the fields of the state', () => {
    const state = load('cues: [{ scene: A, duration: 10s }]').state()
    expect(document.components.schemas.State.required).toEqual(Object.keys(state))
  })
})
