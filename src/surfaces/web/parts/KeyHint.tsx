/** The key that does the same as the button that it is on. Not part of the button's name. */
export function KeyHint({ children }: { readonly children: string }) {
  return (
    <span class="key" aria-hidden="true">
      {children}
    </span>
  )
}
