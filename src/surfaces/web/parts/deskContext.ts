import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Desk } from '../server/desk.ts'

/** Hands the desk of the page to its components. */
export const DeskContext = createContext<Desk | null>(null)

export function useDesk(): Desk {
  const desk = useContext(DeskContext)
  if (desk === null) throw new Error('a component that shows the show was drawn outside a desk')
  return desk
}
