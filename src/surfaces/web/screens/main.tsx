import { useSignal } from '@preact/signals'
import { render } from 'preact'
import { encode } from 'uqr'
import { applyTheme } from '../parts/theme.ts'

type Screen = { readonly name: string; readonly path: string; readonly is: string; readonly choices: string }

const screens: readonly Screen[] = [
  { name: 'Operator', path: '/', is: 'Run the show. Fits a desk, a phone and a dock of OBS.', choices: 'theme=light' },
  {
    name: 'Presenter',
    path: '/presenter',
    is: 'A countdown for the people on stage.',
    choices: 'hide=title,countdown,note,next,overunder,clock · mirror=1 · size=20…300 (percent) · theme=light',
  },
  {
    name: 'Overlay',
    path: '/overlay?hide=age',
    is: 'A transparent countdown for a browser source in OBS.',
    choices:
      'hide=title,countdown,age,shadow,tones · size=96 (pixels) · colour · font · weight · align=left, center, right',
  },
]

/** All screens of this orchestrator, with codes for phones and tablets. */
function Screens() {
  const token = useSignal('')
  const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(location.hostname)
  return (
    <main class="screens">
      <header>
        <h1>Screens</h1>
        <a href="/">Back to the operator page</a>
      </header>
      {isLocal && (
        <p class="hint">
          These addresses work on this computer only. For a phone or a tablet, run the orchestrator with{' '}
          <code>--http 0.0.0.0:4466</code> and a token, and open this page by the computer's name.
        </p>
      )}
      <label class="tokenField">
        Token for other devices, if one is needed
        <input
          type="text"
          autocomplete="off"
          spellcheck={false}
          value={token.value}
          onInput={({ currentTarget }) => {
            token.value = currentTarget.value
          }}
        />
        <span class="hint">It becomes part of the codes below. This page doesn't keep it.</span>
      </label>
      <ul>
        {screens.map((screen) => (
          <Card key={screen.name} screen={screen} token={token.value.trim()} />
        ))}
      </ul>
    </main>
  )
}

function Card({ screen: { name, path, is, choices }, token }: { readonly screen: Screen; readonly token: string }) {
  const address = new URL(path, location.origin)
  if (token !== '') address.searchParams.set('token', token)
  return (
    <li>
      <Code text={address.href} />
      <div>
        <h2>
          <a href={path}>{name}</a>
        </h2>
        <p>{is}</p>
        <p class="address">
          <code>{new URL(path, location.origin).href}</code>
        </p>
        <details>
          <summary>Choices in the address</summary>
          <p>{choices}</p>
        </details>
      </div>
    </li>
  )
}

function Code({ text }: { readonly text: string }) {
  const { size, data: rows } = encode(text, { ecc: 'M', border: 3 })
  const path = rows.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return (
    <svg
      class="code"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={`QR code of ${text}`}
      shape-rendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}

const root = document.getElementById('page')
if (root === null) throw new Error('the page has no place for its contents')
applyTheme()
render(<Screens />, root)
