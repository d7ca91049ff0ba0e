import { describe, expect, it } from 'vitest'
import { didYouMean, didYouMeanName } from '../../src/values/nearest.ts'

describe('a suggestion', () => {
  it.each([
    ['duratoin', '; did you mean `duration`?'],
    ['fri', '; did you mean `friday`?'],
    ['unrelated', ''],
  ])('for %s is "%s"', (word, suggestion) => {
    expect(didYouMean(word, ['duration', 'scene', 'friday'])).toBe(suggestion)
  })

  it('for a name that does not exist has up to three names, the nearest first', () => {
    expect(didYouMeanName('camera 9', ['Camera 10', 'Camera 1', 'Break', 'Camera 2', 'Camera 3'])).toBe(
      '; did you mean "Camera 1" or "Camera 2" or "Camera 3"?',
    )
    expect(didYouMeanName('Intro', ['Break'])).toBe('.')
  })
})
