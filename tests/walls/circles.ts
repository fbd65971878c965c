/** Who points at whom. */
export type Arrows = ReadonlyMap<string, ReadonlySet<string>>

/** Everything that can be reached from one point, by any number of arrows. */
function reachedFrom(arrows: Arrows, start: string): Set<string> {
  const reached = new Set<string>()
  const left = [...(arrows.get(start) ?? [])]
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (reached.has(next)) continue
    reached.add(next)
    left.push(...(arrows.get(next) ?? []))
  }
  return reached
}

/** The circles: groups of points that all reach one another, each sorted. */
export function circlesIn(arrows: Arrows): string[][] {
  const reached = new Map([...arrows.keys()].map((point) => [point, reachedFrom(arrows, point)]))
  const inCircles = [...arrows.keys()].filter((point) => reached.get(point)?.has(point))
  const circles = inCircles.map((point) =>
    inCircles.filter((other) => reached.get(point)?.has(other) && reached.get(other)?.has(point)),
  )
  const unique = new Map(circles.map((circle) => [circle.toSorted().join(' '), circle.toSorted()]))
  return [...unique.values()]
}
