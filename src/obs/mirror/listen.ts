import type { Connection } from '../link/connection.ts'
import type { Sight } from './known.ts'
import type { Media } from './media.ts'
import type { Outputs } from './outputs.ts'
import type { ProgramWatch } from './programWatch.ts'
import type { SceneList } from './sceneList.ts'

export type Listeners = {
  readonly sight: Sight
  readonly watch: ProgramWatch
  readonly scenes: SceneList
  readonly outputs: Outputs
  readonly media: Media
  /** Something has happened that a take may wait for. */
  stir(): void
  /** Another scene collection is being loaded: nothing that OBS shows can be relied on, until it is `loaded`. */
  loading(): void
  loaded(): void
  isLoading(): boolean
  profileChanged(): void
}

/** Leads each event of OBS to whom it concerns. */
export function listen(connection: Connection, to: Listeners): void {
  const { sight, watch, scenes, outputs, media } = to

  connection.on('CurrentProgramSceneChanged', ({ sceneName }) => watch.programChanged(sceneName))
  connection.on('SceneTransitionStarted', () => {
    watch.transitionStarted()
    to.stir()
  })
  connection.on('SceneTransitionEnded', () => {
    watch.transitionEnded()
    to.stir()
  })
  connection.on('StudioModeStateChanged', ({ studioModeEnabled }) => watch.studioModeChanged(studioModeEnabled))

  connection.on('SceneNameChanged', ({ oldSceneName, sceneName }) => {
    watch.sceneRenamed(oldSceneName, sceneName)
    scenes.renamed(oldSceneName, sceneName)
  })
  connection.on('SceneCreated', ({ sceneName, isGroup }) => {
    if (isGroup || to.isLoading()) return
    watch.sceneCreated(sceneName)
    scenes.changed()
  })
  connection.on('SceneRemoved', ({ sceneName, isGroup }) => {
    if (isGroup || to.isLoading()) return
    watch.sceneRemoved(sceneName)
    scenes.removed(sceneName)
  })
  connection.on('SceneListChanged', () => {
    if (!to.isLoading()) scenes.changed()
  })

  connection.on('CurrentSceneTransitionChanged', ({ transitionName }) => {
    const { transition, replaced, selected } = sight.now()
    if (transitionName === selected) return
    sight.learn({
      transition: { ...transition, name: transitionName },
      replaced: { ...replaced, name: null },
      selected: null,
    })
  })
  connection.on('CurrentSceneTransitionDurationChanged', ({ transitionDuration }) => {
    const { transition, replaced } = sight.now()
    if (transitionDuration === transition.duration) return
    sight.learn({
      transition: { ...transition, duration: transitionDuration },
      replaced: { ...replaced, duration: null },
    })
  })

  connection.on('CurrentSceneCollectionChanging', () => to.loading())
  connection.on('CurrentSceneCollectionChanged', () => to.loaded())
  connection.on('CurrentProfileChanged', () => to.profileChanged())

  connection.on('StreamStateChanged', ({ outputState }) => outputs.streamChanged(outputState))
  connection.on('RecordStateChanged', ({ outputState }) => outputs.recordingChanged(outputState))
  connection.on('MediaInputPlaybackStarted', ({ inputName }) => media.playbackStarted(inputName))
  connection.on('MediaInputPlaybackEnded', ({ inputName }) => media.playbackEnded(inputName))
}
