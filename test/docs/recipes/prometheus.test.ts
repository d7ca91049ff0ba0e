import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { Outcome } from '../../../src/index.ts'
import { buildCli, type Cli } from '../../support/cli.ts'
import { blocksOf, column, root } from '../pages.ts'
import { openShell, serveRunningShow } from './shell.ts'

const fileOf = (name: string): string => readFileSync(`${root}docs/recipes/${name}`, 'utf8')

let cli: Cli
beforeAll(async () => {
  cli = await buildCli()
})
afterAll(() => cli.remove())

describe('the recipe for Prometheus', () => {
  const page = 'docs/recipes/prometheus.md'
  const dashboard: Dashboard = JSON.parse(fileOf('grafana.json'))
  const rules: Rules = parse(fileOf('orchestrator-rules.yml'))
  const alerts = rules.groups.flatMap((group) => group.rules)
  const queries = [
    ...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    ...dashboard.templating.list.map(({ definition }) => definition),
    ...alerts.map(({ expr }) => expr),
  ]

  it('asks only for metrics, outcomes and buckets that the orchestrator has', async () => {
    const shell = await openShell(cli)
    await serveRunningShow(shell)
    const text = await (await fetch(`${await shell.url()}/metrics`)).text()
    const metrics = [...text.matchAll(/^# TYPE (\w+)/gm)].map(([, name = '']) => name)
    const asked = new Set(queries.flatMap((query) => query.match(/\b(orchestrator|obs)_\w+/g) ?? []))
    expect(asked.size).toBeGreaterThan(8)
    expect([...asked].filter((name) => !metrics.includes(name.replace(/_(bucket|count)$/, '')))).toEqual([])
    const buckets = queries.flatMap((query) => query.match(/le="[\d.]+"/g) ?? [])
    expect(buckets.filter((bucket) => !text.includes(`orchestrator_take_error_seconds_bucket{${bucket}}`))).toEqual([])
    const outcomes: readonly Outcome[] = ['failed']
    const named = queries.flatMap((query) => [...query.matchAll(/outcome="(\w+)"/g)].map(([, outcome]) => outcome))
    expect([...new Set(named)]).toEqual(outcomes)
  })

  it('lists the alerts of the file, and scrapes the job that they are about', () => {
    expect(column(page, ['alert', 'when'])).toEqual(alerts.map(({ alert }) => alert))
    const config = blocksOf(page).find(({ language }) => language === 'yaml')
    const { scrape_configs: scrapes, rule_files: files } = parse(config?.text ?? '')
    expect(files).toEqual(['orchestrator-rules.yml'])
    expect(alerts[0]?.expr).toBe(`up{job="${scrapes[0].job_name}"} == 0`)
  })

  it('has a dashboard whose panels are numbered, and ask for the data source that Grafana asks for', () => {
    const inputs = dashboard.__inputs.map(({ name }) => `\${${name}}`)
    const sources = dashboard.panels.flatMap(({ datasource, targets }) => [
      datasource,
      ...targets.map((t) => t.datasource),
    ])
    expect([...new Set(sources.map(({ uid }) => uid))]).toEqual(inputs)
    expect(dashboard.panels.map(({ id }) => id)).toEqual(dashboard.panels.map((_, index) => index + 1))
  })
})

type Source = { readonly uid: string }
type Panel = {
  readonly id: number
  readonly datasource: Source
  readonly targets: readonly { readonly expr: string; readonly datasource: Source }[]
}
type Dashboard = {
  readonly __inputs: readonly { readonly name: string }[]
  readonly templating: { readonly list: readonly { readonly definition: string }[] }
  readonly panels: readonly Panel[]
}
type Rules = {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[]
}
