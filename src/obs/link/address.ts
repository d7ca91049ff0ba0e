/** Where OBS is, and what lets us in. Apart from the connection, whose types the library's users need not load. */
export type Address = { readonly url: string; readonly password: string | null }
