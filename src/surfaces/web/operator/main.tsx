import { render } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import { DeskContext, useDesk } from '../parts/deskContext.ts'
import { TipLayer } from '../parts/Press.tsx'
import { Silence } from '../parts/Silence.tsx'
import { TokenNeeded } from '../parts/TokenNeeded.tsx'
import { applyTheme } from '../parts/theme.ts'
import { keepAwake } from '../parts/wakeLock.ts'
import { createDesk } from '../server/desk.ts'
import { CueList } from './CueList.tsx'
import { ControlsContext, createControls } from './controls.ts'
import { Dialogs } from './Dialogs.tsx'
import { Forces } from './Forces.tsx'
import { listenToKeys } from './keys.ts'
import { ForceBanner, OnAir } from './OnAir.tsx'
import { Panels } from './Panels.tsx'
import { TopBar } from './TopBar.tsx'
import { Transport } from './Transport.tsx'

function Operator() {
  const desk = useDesk()
  const controls = useMemo(() => createControls(desk), [desk])
  useEffect(() => listenToKeys(controls), [controls])
  return (
    <ControlsContext.Provider value={controls}>
      <div class="operator">
        <TopBar />
        <Silence />
        <ViewOnly />
        <ForceBanner />
        <main>
          <div class="left">
            <OnAir />
            <Transport />
            <Forces />
          </div>
          <div class="right">
            <CueList />
            <Panels />
          </div>
        </main>
      </div>
      <TokenNeeded />
      <Dialogs />
      <TipLayer />
    </ControlsContext.Provider>
  )
}

function ViewOnly() {
  const desk = useDesk()
  if (desk.role.value !== 'view') return null
  return <p class="viewOnly">View only: the token of this page may not command.</p>
}

const root = document.getElementById('page')
if (root === null) throw new Error('the page has no place for its contents')
applyTheme()
keepAwake()
const desk = createDesk('operator', { sheet: true, desk: true })
render(
  <DeskContext.Provider value={desk}>
    <Operator />
  </DeskContext.Provider>,
  root,
)
