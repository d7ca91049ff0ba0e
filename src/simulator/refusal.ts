/** A request that OBS answers with a status other than success. */
export class Refusal extends Error {
  readonly code: number
  readonly comment: string | undefined

  constructor(code: number, comment?: string) {
    super(comment ?? `The request is refused with status ${code}.`)
    this.code = code
    this.comment = comment
  }
}
