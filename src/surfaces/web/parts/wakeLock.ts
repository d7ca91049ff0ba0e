/** Keeps the screen on while the page is in view. A browser may refuse, and does where the page isn't served over HTTPS or loopback. */
export function keepAwake(): void {
  if (!('wakeLock' in navigator)) return
  const ask = (): void => {
    if (document.visibilityState === 'visible') void navigator.wakeLock.request('screen').catch(() => {})
  }
  document.addEventListener('visibilitychange', ask)
  ask()
}
