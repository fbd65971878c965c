/** A rule of the specification does not hold: the schedule that led here is a counterexample. */
export class BrokenRule extends Error {
  override readonly name = 'BrokenRule'
}

export function broken(rule: string): never {
  throw new BrokenRule(rule)
}

/** A rule that must hold now. */
export function must(holds: boolean, rule: string): asserts holds {
  if (!holds) broken(rule)
}
