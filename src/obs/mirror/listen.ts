import type { Connection } from '../link/connection.ts'
import type { ObsNews } from './events.ts'

/** Hands on what OBS says by itself. */
export function listen(connection: Connection, hear: (news: ObsNews) => void): void {
  const { on } = connection
  on('CurrentProgramSceneChanged', ({ sceneName }) => hear({ type: 'programChanged', scene: sceneName }))
  on('SceneTransitionStarted', () => hear({ type: 'transitionStarted' }))
  on('SceneTransitionEnded', () => hear({ type: 'transitionEnded' }))
  on('StudioModeStateChanged', (said) => hear({ type: 'studioModeChanged', isOn: said.studioModeEnabled }))

  on('SceneNameChanged', (said) => hear({ type: 'sceneRenamed', from: said.oldSceneName, to: said.sceneName }))
  on('SceneCreated', ({ sceneName, isGroup }) => {
    if (!isGroup) hear({ type: 'sceneCreated', scene: sceneName })
  })
  on('SceneRemoved', ({ sceneName, isGroup }) => {
    if (!isGroup) hear({ type: 'sceneRemoved', scene: sceneName })
  })
  on('SceneListChanged', () => hear({ type: 'scenesChanged' }))

  on('CurrentSceneTransitionChanged', (said) => hear({ type: 'transitionSelected', name: said.transitionName }))
  on('CurrentSceneTransitionDurationChanged', (said) =>
    hear({ type: 'durationSet', duration: said.transitionDuration }),
  )

  on('CurrentSceneCollectionChanging', () => hear({ type: 'collectionChanging' }))
  on('CurrentSceneCollectionChanged', () => hear({ type: 'collectionChanged' }))
  on('CurrentProfileChanged', () => hear({ type: 'profileChanged' }))

  on('StreamStateChanged', ({ outputState }) => hear({ type: 'streamChanged', outputState }))
  on('RecordStateChanged', ({ outputState }) => hear({ type: 'recordingChanged', outputState }))
  on('MediaInputPlaybackStarted', ({ inputName }) => hear({ type: 'playbackStarted', input: inputName }))
  on('MediaInputPlaybackEnded', ({ inputName }) => hear({ type: 'playbackEnded', input: inputName }))
}
