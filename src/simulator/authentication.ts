import { createHash, randomBytes } from 'node:crypto'

export type Challenge = { readonly challenge: string; readonly salt: string }

export function newChallenge(): Challenge {
  return { challenge: randomBytes(32).toString('base64'), salt: randomBytes(32).toString('base64') }
}

/** What a client that knows the password answers (obs-websocket protocol, Creating an authentication string). */
export function responseTo({ challenge, salt }: Challenge, password: string): string {
  return sha256(sha256(password + salt) + challenge)
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64')
