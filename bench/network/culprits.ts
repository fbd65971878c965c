import { setTimeout as pause } from 'node:timers/promises'
import { SIDES, type Fault, type Side } from './net.ts'
import { hangUp, talk, type People } from './people.ts'
import type { Stage } from './scenes.ts'
import { sentencesOf, verdictOf, type Said, type Sentence, type Verdict } from './sentences.ts'

/** A fault, and what each screen then has to say. */
interface Case {
  readonly title: string
  readonly fault: Fault
  readonly right: Readonly<Record<Side, Said>>
}

const PERCENT = 20

const CASES: readonly Case[] = [
  {
    title: "安然's link",
    fault: { on: 'link', side: 'anran', percent: PERCENT },
    right: { anran: 'mine', bailu: 'theirs' },
  },
  {
    title: "白露's link",
    fault: { on: 'link', side: 'bailu', percent: PERCENT },
    right: { anran: 'theirs', bailu: 'mine' },
  },
  {
    title: 'the path between',
    fault: { on: 'direct', percent: PERCENT },
    right: { anran: 'path', bailu: 'path' },
  },
]

/** What one screen said in one run. */
export interface Accusation {
  readonly title: string
  readonly side: Side
  readonly sentences: readonly Sentence[]
  readonly verdict: Verdict
  /** Until the first sentence, ms; null: there was none. */
  readonly saidAfterMs: number | null
}

/** A screen that has not said anything by then says nothing. */
const SAY_MS = 25_000
/** A sentence that is corrected soon was wrong all the same. */
const STAY_MS = 3_000
const QUIET_MS = 40_000
const LOOK_MS = 250

const saysNow = (people: People, side: Side): boolean => {
  const words = people[side].ticks.at(-1)
  return words !== undefined && sentencesOf([words], 0, Number.POSITIVE_INFINITY).length > 0
}

async function until(holds: () => boolean, limitMs: number): Promise<void> {
  const end = Date.now() + limitMs
  while (Date.now() < end && !holds()) await pause(LOOK_MS)
}

async function runOnce(
  { net, people }: Stage,
  { title, fault, right }: Case,
): Promise<Accusation[]> {
  await until(() => !SIDES.some((side) => saysNow(people, side)), QUIET_MS)
  const from = Date.now()
  net.lose(fault)
  const hasSaid = (side: Side): boolean =>
    sentencesOf(people[side].ticks, from, Date.now()).length > 0
  await until(() => SIDES.every(hasSaid), SAY_MS)
  await pause(STAY_MS)
  net.lose()
  const to = Date.now()
  return SIDES.map((side) => {
    const sentences = sentencesOf(people[side].ticks, from, to)
    const verdict = verdictOf(sentences, [right[side]])
    return { title, side, sentences, verdict, saidAfterMs: sentences[0]?.afterMs ?? null }
  })
}

/** One call in which one link after the other becomes bad and good again. */
export async function accuse(
  stage: Stage,
  { runs, onRun }: { runs: number; onRun: (nth: number, said: readonly Accusation[]) => void },
): Promise<readonly Accusation[]> {
  const all: Accusation[] = []
  await talk(stage.people, stage.kind)
  try {
    for (let nth = 0; nth < runs; nth += 1) {
      const one = CASES[nth % CASES.length]
      if (one === undefined) break
      const said = await runOnce(stage, one)
      all.push(...said)
      onRun(nth + 1, said)
    }
  } finally {
    stage.net.lose()
    await hangUp(stage.people)
  }
  return all
}
