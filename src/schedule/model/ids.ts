/** Makes a slug for each scene it is given, none of them twice and none of them taken. */
export function createSlugs(taken: ReadonlySet<string>): (scene: string) => string {
  const used = new Set(taken)
  const counts = new Map<string, number>()
  const slugs = new Map<string, string>()
  return (scene) => {
    const base = slugs.get(scene) ?? slug(scene)
    slugs.set(scene, base)
    let count = (counts.get(base) ?? 0) + 1
    let id = count === 1 ? base : `${base}-${count}`
    while (used.has(id)) {
      count += 1
      id = `${base}-${count}`
    }
    counts.set(base, count)
    used.add(id)
    return id
  }
}

/** `Close-Up 2` becomes `close-up-2`; letters of every script stay. */
function slug(scene: string): string {
  const plain = scene
    .normalize('NFKD')
    .replace(/(\p{Script=Latin})\p{M}+/gu, '$1')
    .normalize('NFC')
    .toLowerCase()
  const joined = plain.replace(/[^\p{L}\p{M}\p{N}]+/gu, '-').replace(/^-|-$/g, '')
  return joined === '' ? 'cue' : joined
}
