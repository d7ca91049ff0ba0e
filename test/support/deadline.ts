/** Requests that are pending when the socket closes never settle, so each gets a deadline. */
export async function withDeadline<T>(what: string, promise: Promise<T>, deadline = 15_000): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${deadline} ms for ${what}, in vain`)), deadline)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
