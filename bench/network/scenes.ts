import { setTimeout as pause } from 'node:timers/promises'
import { SIDES, type Fault, type Net, type Side } from './net.ts'
import { hangUp, talk, untilHears, type Kind, type People } from './people.ts'
import { sentencesOf, verdictOf, type Said, type Sentence, type Verdict } from './sentences.ts'
import type { Tick } from './probe.ts'
import { listen, SAMPLES_A_MS, type Heard } from './sound.ts'

/** What scenes play with. */
export interface Stage {
  readonly net: Net
  readonly people: People
  readonly kind: Kind
}

/** What one side heard and read. */
export interface Result extends Omit<Heard, 'backAfterMs'> {
  readonly side: Side
  /** Until the sound was back, or was there for the first time, ms; null: it never was. */
  readonly soundAfterMs: number | null
  readonly isRelayed: boolean | null
  readonly sentences: readonly Sentence[]
  readonly verdict: Verdict
  /** Each tick, for whoever looks into it: when, how much was played, how much of it was made up. */
  readonly timeline: readonly (readonly [afterMs: number, playedMs: number, madeUpMs: number])[]
}

/** One fault in one call. */
export interface Scene {
  readonly name: string
  readonly title: string
  /** What we want to reach, in words. */
  readonly aim: string
  play(stage: Stage): Promise<readonly Result[]>
}

/** What the screens may say. */
type Expected = Readonly<Record<Side, readonly Said[]>>

const LISTEN_MS = 20_000
/** What is given to sound to come back. */
const BACK_MS = 60_000
/** Then the call is watched a little more: what comes back may go again. */
const AFTER_MS = 3_000

interface Stretch {
  readonly from: number
  readonly to: number
  /** Where the time to sound is not that of the longest silence. */
  readonly soundAfterMs?: Readonly<Record<Side, number | null>>
}

const timelineOf = (ticks: readonly Tick[], { from, to }: Stretch): Result['timeline'] =>
  ticks
    .filter(({ at }) => at > from && at <= to)
    .map(({ at, samples, concealed }) => [
      Math.round(at - from),
      Math.round(samples / SAMPLES_A_MS),
      Math.round(concealed / SAMPLES_A_MS),
    ])

function resultsOf({ people }: Stage, stretch: Stretch, expected: Expected): Result[] {
  const { from, to, soundAfterMs } = stretch
  return SIDES.map((side) => {
    const { ticks } = people[side]
    const { backAfterMs, ...heard } = listen(ticks, { from, to })
    const sentences = sentencesOf(ticks, from, to)
    return {
      side,
      ...heard,
      soundAfterMs: soundAfterMs === undefined ? backAfterMs : soundAfterMs[side],
      isRelayed: ticks.at(-1)?.isRelayed ?? null,
      sentences,
      verdict: verdictOf(sentences, expected[side]),
      timeline: timelineOf(ticks, stretch),
    }
  })
}

/** A call that begins well, in which something happens. */
async function inCall(
  stage: Stage,
  expected: Expected,
  happen: (from: number) => Promise<void>,
): Promise<readonly Result[]> {
  const { net, people, kind } = stage
  const { heardAt } = await talk(people, kind)
  if (Object.values(heardAt).includes(null)) throw new Error('the two did not hear each other')
  await pause(AFTER_MS)
  const from = Date.now()
  try {
    await happen(from)
    return resultsOf(stage, { from, to: Date.now() }, expected)
  } finally {
    net.lose()
    await hangUp(people)
  }
}

/** Wait until both hear each other again, and a little more. */
async function untilBack({ anran, bailu }: People, after: number): Promise<void> {
  const wait = { after, limitMs: BACK_MS }
  await Promise.all([untilHears(anran, wait), untilHears(bailu, wait)])
  await pause(AFTER_MS)
}

const NOTHING: Expected = { anran: [], bailu: [] }
/** 安然's link is the bad one. */
const ANRAN: Expected = { anran: ['mine'], bailu: ['theirs'] }

/** A call that begins on a net that is as it is, from the answer and what is allowed on. */
function beginning(
  faults: readonly Fault[],
  { expected = NOTHING, isFirst = false } = {},
): Scene['play'] {
  return async (stage) => {
    const { net, people, kind } = stage
    net.lose(...faults)
    if (isFirst) await Promise.all(SIDES.map((side) => people[side].beAsked()))
    try {
      const { readyAt, heardAt } = await talk(people, kind)
      const since = (at: number | null): number | null => (at === null ? null : at - readyAt)
      const soundAfterMs = { anran: since(heardAt.anran), bailu: since(heardAt.bailu) }
      await pause(AFTER_MS)
      const from = Date.now()
      await pause(LISTEN_MS / 2)
      return resultsOf(stage, { from, to: Date.now(), soundAfterMs }, expected)
    } finally {
      net.lose()
      await hangUp(people)
    }
  }
}

const lossy = (percent: number, aim: string): Scene => ({
  name: `loss${percent}`,
  title: `${percent} % lost on 安然's link`,
  aim,
  play: (stage) =>
    inCall(stage, ANRAN, async () => {
      stage.net.lose({ on: 'link', side: 'anran', percent })
      await pause(LISTEN_MS)
    }),
})

const SEEKING = ['reconnecting', 'connecting', 'away'] as const

/** Something that takes the path away, until both hear each other again. */
const broken = (
  scene: Omit<Scene, 'play'>,
  breakIt: (stage: Stage) => void | Promise<void>,
): Scene => ({
  ...scene,
  play: (stage) =>
    inCall(stage, { anran: SEEKING, bailu: SEEKING }, async (from) => {
      await breakIt(stage)
      await untilBack(stage.people, from)
    }),
})

/** In the order in which they are played. */
export const SCENES: readonly Scene[] = [
  {
    name: 'clean',
    title: 'nothing is wrong',
    aim: '≤ 1 % missing, sound ≤ 1 s',
    play: beginning([]),
  },
  {
    name: 'first',
    title: 'the first call of both, allowed after the answer; no multicast, STUN or TURN',
    aim: 'sound ≤ 1 s',
    play: beginning([{ on: 'relay', percent: 100 }], { isFirst: true }),
  },
  // Of F14 to F16 only what is lost, and how little goes through: these nets know no delay.
  { ...lossy(5, '≤ 8 % missing'), title: "5 % lost on 安然's link [F14]" },
  lossy(10, '≤ 8 % missing'),
  lossy(20, '< 8 % missing, said'),
  lossy(30, 'sound goes on, said'),
  broken(
    { name: 'cut', title: 'direct path cut, the relay is left', aim: 'gap < 500 ms' },
    ({ net }) => {
      net.lose({ on: 'direct', percent: 100 })
    },
  ),
  broken(
    { name: 'address', title: "安然's address changed [F19]", aim: 'sound ≤ 3 s' },
    ({ net }) => {
      net.changeAddress('anran')
    },
  ),
  {
    name: 'relay',
    title: 'TURN only: no direct path at all',
    aim: 'sound ≤ 1.5 s',
    play: beginning([{ on: 'direct', percent: 100 }]),
  },
  {
    name: 'relayLoss',
    title: "TURN only, and 30 % lost on 安然's link [F16]",
    aim: 'sound ≤ 15 s',
    play: beginning(
      [
        { on: 'direct', percent: 100 },
        { on: 'link', side: 'anran', percent: 30 },
      ],
      { expected: ANRAN },
    ),
  },
  {
    name: 'international',
    title: "10 % lost in bursts, and 300 kbit/s, on 安然's link [F15]",
    aim: 'sound ≤ 8 s, and goes on',
    play: beginning(
      [
        { on: 'bursts', side: 'anran', percent: 10 },
        { on: 'narrow', side: 'anran', kbps: 300 },
      ],
      { expected: ANRAN },
    ),
  },
  {
    name: 'spike',
    title: "30 % lost on 安然's link for 10 s, then all is well [F17]",
    aim: 'said, and no hang-up',
    play: (stage) =>
      inCall(stage, ANRAN, async () => {
        stage.net.lose({ on: 'link', side: 'anran', percent: 30 })
        await pause(LISTEN_MS / 2)
        stage.net.lose()
        await pause(LISTEN_MS / 2)
      }),
  },
  {
    name: 'tcp',
    title: 'UDP blocked: TURN over TCP [F21]',
    aim: 'sound ≤ 10 s',
    play: beginning([{ on: 'udp', percent: 100 }]),
  },
  broken(
    { name: 'reload', title: '安然 reloads the page', aim: 'sound ≤ 2.5 s' },
    async ({ people }) => {
      await people.anran.page.reload({ waitUntil: 'commit' })
    },
  ),
]
