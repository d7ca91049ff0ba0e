/** Dark, unless the address says `?theme=light`: most desks are in the dark. */
export function applyTheme(): void {
  const theme = new URLSearchParams(location.search).get('theme')
  document.documentElement.dataset['theme'] = theme === 'light' ? 'light' : 'dark'
}
