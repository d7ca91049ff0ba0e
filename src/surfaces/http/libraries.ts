/**
 * What the HTTP server needs of others. It is imported only once the show is up, and bundled into a file of its own, so that `run` starts
 * as fast as without it.
 */
export { getRequestListener } from '@hono/node-server'
export { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
export { Hono } from 'hono'
export { Counter, Gauge, Histogram, Registry } from 'prom-client'
