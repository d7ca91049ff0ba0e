import { parseDuration } from '../../../time/duration.ts'
import { useDesk } from '../parts/deskContext.ts'
import { KeyHint } from '../parts/KeyHint.tsx'
import { Press } from '../parts/Press.tsx'
import { goAction } from '../show/legal.ts'
import { isHeld } from '../show/timing.ts'
import { useControls } from './controls.ts'

/** The buttons that move the show. */
export function Transport() {
  const desk = useDesk()
  const controls = useControls()
  const state = desk.state.value
  const { command, label } = goAction(state?.mode)
  const isPaused = state?.mode === 'paused'
  const held = state !== null && isHeld(state)
  const to = command === 'resume' ? state?.cue?.title : state?.next?.title
  return (
    <section class="transport" aria-label="Transport">
      <Press class={`go ${command}`} onPress={controls.go} why={controls.whyNot(command)}>
        <span class="word">{label}</span>
        {to !== undefined && (
          <span class="to" dir="auto">
            {to}
          </span>
        )}
        <KeyHint>Space</KeyHint>
      </Press>
      <div class="buttons">
        <Press onPress={controls.previous} why={controls.whyNot('previous')} hint="To the cue before, from its top">
          Previous <KeyHint>B</KeyHint>
        </Press>
        <Press
          onPress={controls.pauseOrResume}
          why={controls.whyNot(isPaused ? 'resume' : 'pause')}
          isPressed={isPaused}
          hint={isPaused ? "Restarts the show's clock" : "Stops the show's clock"}
        >
          Pause <KeyHint>P</KeyHint>
        </Press>
        <Press
          onPress={controls.holdOrLetGo}
          why={controls.whyNot(held ? 'unhold' : 'hold')}
          isPressed={held}
          hint={held ? 'Lets the cue end as planned' : 'Keeps the cue from ending'}
        >
          Hold <KeyHint>H</KeyHint>
        </Press>
        <Extend />
        <Press
          class="danger"
          onPress={controls.askToStop}
          why={controls.whyNot('stop')}
          hint="Ends the show; asks first"
        >
          Stop
        </Press>
        <Press onPress={controls.askToReset} why={controls.whyNot('reset')} hint="Back to the beginning; asks first">
          Reset
        </Press>
      </div>
    </section>
  )
}

function Extend() {
  const { extend, extendBy, whyNot } = useControls()
  const isReadable = parseDuration(extendBy.value.trim()) !== null
  const why = whyNot('extend') ?? (isReadable ? null : 'Write how long as 30s, 2m or 1m30s')
  return (
    <fieldset class="extend">
      <legend class="sr">Length of the cue</legend>
      <Press
        onPress={() => extend('-')}
        why={why}
        label={`${extendBy.value} shorter`}
        hint={`${extendBy.value} shorter`}
      >
        −
      </Press>
      <input
        type="text"
        aria-label="By how much"
        aria-invalid={!isReadable}
        spellcheck={false}
        autocomplete="off"
        value={extendBy.value}
        onInput={({ currentTarget }) => {
          extendBy.value = currentTarget.value
        }}
      />
      <Press onPress={() => extend('+')} why={why} label={`${extendBy.value} longer`} hint={`${extendBy.value} longer`}>
        +
      </Press>
    </fieldset>
  )
}
