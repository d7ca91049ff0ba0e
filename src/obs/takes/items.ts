import type { State } from '../../schedule/model/schedule.ts'
import { ObsError, status } from '../link/obsError.ts'
import { type Ask, askItems } from '../link/requests.ts'
import { nearestInWords } from './nearest.ts'

export type ItemState = Extract<State, { kind: 'item' }>

export function itemName({ scene, item }: Pick<ItemState, 'scene' | 'item'>): string {
  return `${item} in ${scene}`
}

/** Shows or hides an item, and each further one of the same source. Rejects as `refused`, in words for a problem, where there is none. */
export async function setItem(state: ItemState, reason: string, ask: Ask): Promise<void> {
  const { scene, item, visible } = state
  const items = await itemsOf(scene, item, reason, ask)
  const meant = items.filter(({ source }) => source === item)
  if (meant.length === 0) {
    const nearest = nearestInWords(
      item,
      items.map(({ source }) => source),
    )
    throw new ObsError('refused', `the scene "${scene}" has no item "${item}"; ${nearest}`, status.notFound)
  }
  for (const { id } of meant)
    await ask('SetSceneItemEnabled', reason, { sceneName: scene, sceneItemId: id, sceneItemEnabled: visible })
}

async function itemsOf(scene: string, item: string, reason: string, ask: Ask) {
  try {
    return await askItems(ask, reason, scene)
  } catch (thrown) {
    if (!(thrown instanceof ObsError) || thrown.code !== status.notFound) throw thrown
    throw new ObsError('refused', `OBS has no scene "${scene}", so its item "${item}" can't be set`, status.notFound)
  }
}
