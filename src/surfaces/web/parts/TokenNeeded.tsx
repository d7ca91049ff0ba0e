import { useSignal } from '@preact/signals'
import { useDesk } from './deskContext.ts'

/** The server has another token now, or never let this page in. */
export function TokenNeeded() {
  const desk = useDesk()
  const token = useSignal('')
  if (desk.contact.value !== 'refused') return null
  return (
    <form
      class="tokenNeeded"
      onSubmit={(event) => {
        event.preventDefault()
        const address = new URL(location.href)
        address.searchParams.set('token', token.value.trim())
        location.assign(address)
      }}
    >
      <h2>A token is needed</h2>
      <p>You need the token of this orchestrator. Ask the person who started it.</p>
      <label>
        Token
        <input
          type="password"
          autocomplete="off"
          value={token.value}
          onInput={({ currentTarget }) => {
            token.value = currentTarget.value
          }}
        />
      </label>
      <button type="submit" class="primary">
        Open
      </button>
    </form>
  )
}
