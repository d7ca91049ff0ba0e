import { Dialog } from '../parts/Dialog.tsx'
import { useControls } from './controls.ts'
import { pageKeys } from './keys.ts'

/** What lies over the page: a question, the keys, and what went wrong with the last command. */
export function Dialogs() {
  return (
    <>
      <Ask />
      <Help />
      <NoticeLine />
    </>
  )
}

function Ask() {
  const { question, press } = useControls()
  const asked = question.value
  if (asked === null) return null
  const close = (): void => {
    question.value = null
  }
  return (
    <Dialog key={asked.title} title={asked.title} onClose={close}>
      <p dir="auto">{asked.text}</p>
      <div class="answers">
        <button type="button" autofocus={asked.isFinal} onClick={close}>
          Cancel
        </button>
        <button
          type="button"
          class={asked.isFinal ? 'final' : 'primary'}
          autofocus={!asked.isFinal}
          onClick={() => {
            close()
            press(asked.command)
          }}
        >
          {asked.yes}
        </button>
      </div>
    </Dialog>
  )
}

function Help() {
  const { isHelpOpen } = useControls()
  if (!isHelpOpen.value) return null
  const close = (): void => {
    isHelpOpen.value = false
  }
  return (
    <Dialog title="Keys" onClose={close}>
      <dl class="keys">
        {pageKeys.map(({ label, does }) => (
          <div key={label}>
            <dt>
              {label.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
        <div>
          <dt>
            <kbd>↑</kbd>
            <kbd>↓</kbd>
            <kbd>Enter</kbd>
          </dt>
          <dd>In the cue sheet: choose a cue, and go there</dd>
        </div>
        <div>
          <dt>
            <kbd>Esc</kbd>
          </dt>
          <dd>Leave a field, close a window</dd>
        </div>
      </dl>
      <div class="answers">
        <button type="button" class="primary" onClick={close}>
          Close
        </button>
      </div>
    </Dialog>
  )
}

function NoticeLine() {
  const { notice } = useControls()
  const said = notice.value
  return (
    <div class="notice" role="status" hidden={said === null} data-bad={said?.isBad}>
      {said?.text}
    </div>
  )
}
