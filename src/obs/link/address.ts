/** Where OBS is, and its password. In a file of its own, so that users of the library needn't load the types of the connection. */
export type Address = { readonly url: string; readonly password: string | null }
