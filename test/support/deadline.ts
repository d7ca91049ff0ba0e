/** A request that is pending when the socket closes never settles, so each one gets a deadline (milliseconds). */
export async function withDeadline<T>(what: string, promise: Promise<T>, deadline = 15_000): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${deadline} ms in vain for ${what}`)), deadline)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
