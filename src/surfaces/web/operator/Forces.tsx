import { useDesk } from '../parts/deskContext.ts'
import { Press } from '../parts/Press.tsx'
import type { BoundKey, WrittenCommand } from '../server/wire.ts'
import { useControls } from './controls.ts'
import { sceneSearchId } from './keys.ts'

/** Buttons that force a scene: those of the schedule's hotkeys first, then every scene of OBS. */
export function Forces() {
  const desk = useDesk()
  const { sceneSearch, forceUntil } = useControls()
  const bound = (desk.sheet.value?.keys ?? []).filter(({ command }) => command.type === 'forceScene')
  const scenes = desk.scenes.value
  const wanted = sceneSearch.value.trim().toLowerCase()
  const isFound = (scene: string): boolean => scene.toLowerCase().includes(wanted)
  const foundKeys = bound.filter(({ command }) => isFound(sceneOf(command)))
  const found = scenes?.filter(isFound) ?? []
  return (
    <section class="forces" aria-label="Force a scene">
      <div class="head">
        <h2>Force</h2>
        <input
          id={sceneSearchId}
          type="search"
          placeholder="Search scenes"
          aria-label="Search scenes"
          value={sceneSearch.value}
          onInput={({ currentTarget }) => {
            sceneSearch.value = currentTarget.value
          }}
        />
        <label>
          <span class="label">for</span>
          <select
            value={forceUntil.value}
            onChange={({ currentTarget }) => {
              forceUntil.value = currentTarget.value
            }}
          >
            <option value="release">until released</option>
            <option value="cueEnd">this cue</option>
            <option value="10s">10 s</option>
            <option value="30s">30 s</option>
            <option value="1m">1 min</option>
            <option value="5m">5 min</option>
          </select>
        </label>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key */}
      <section class="scroll" tabIndex={0} aria-label="Scenes">
        {foundKeys.length > 0 && (
          <div class="grid">
            {foundKeys.map((key) => (
              <HotkeyButton key={key.keys} bound={key} />
            ))}
          </div>
        )}
        <div class="grid">
          {found.map((scene) => (
            <SceneButton key={scene} scene={scene} />
          ))}
        </div>
        {scenes === null && <p class="empty">The scenes are known once OBS is connected.</p>}
        {scenes !== null && wanted !== '' && found.length + foundKeys.length === 0 && (
          <p class="empty">No scene has “{sceneSearch.value.trim()}” in its name.</p>
        )}
      </section>
    </section>
  )
}

const sceneOf = ({ scene }: WrittenCommand): string => (typeof scene === 'string' ? scene : '')

function HotkeyButton({ bound: { keys, command } }: { readonly bound: BoundKey }) {
  const desk = useDesk()
  const { force, whyNot } = useControls()
  const scene = sceneOf(command)
  const details = [
    typeof command['until'] === 'string'
      ? `until ${command['until'] === 'cueEnd' ? 'the end of the cue' : command['until']}`
      : '',
    command['pause'] === true ? 'pauses the show' : '',
    command['toggle'] === true ? 'releases when pressed again' : '',
  ].filter((part) => part !== '')
  return (
    <Press
      class="sceneButton hotkey"
      onPress={() => force(command)}
      why={whyNot('forceScene')}
      isPressed={desk.state.value?.override?.scene === scene}
      hint={details.join(', ') || 'until released'}
    >
      <span class="name" dir="auto">
        {scene}
      </span>
      <kbd>{keys}</kbd>
    </Press>
  )
}

function SceneButton({ scene }: { readonly scene: string }) {
  const desk = useDesk()
  const { force, forceUntil, whyNot } = useControls()
  const isForced = desk.state.value?.override?.scene === scene
  const isOn = desk.state.value?.program.confirmed === scene
  return (
    <Press
      class={isOn ? 'sceneButton on' : 'sceneButton'}
      onPress={() => force({ type: 'forceScene', scene, until: forceUntil.value, toggle: true })}
      why={whyNot('forceScene')}
      isPressed={isForced}
      hint={isForced ? 'Press again to release' : isOn ? 'On air' : ''}
    >
      <span class="name" dir="auto">
        {scene}
      </span>
    </Press>
  )
}
