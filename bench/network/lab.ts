/**
 * The network lab: two browsers in networks of their own, whose call is treated badly. Started by
 * `npm run bench:network`, which sees to it that everything it needs is there.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { writeResults } from '../report/results.ts'
import { accuse, type Accusation } from './culprits.ts'
import { createNet, sweep, type Net } from './net.ts'
import { withPeople, type Kind } from './people.ts'
import { printCulprits, printScenes, printSpreads, type Played } from './report.ts'
import { SCENES, type Scene, type Stage } from './scenes.ts'
import { withSite } from './site.ts'

const USAGE = `npm run bench:network -- [--scenes <names>] [--runs <number>] [--video]
  --scenes  only these, parted by commas: ${SCENES.map(({ name }) => name).join(', ')}, culprit
  --times   how often each of them is played, once without it; 20 for a p95
  --runs    how often the culprit is asked for, 3 without it; 40 to judge the aim
  --video   the calls are video calls; the browsers of a small machine have no time for them`

interface Options {
  readonly scenes: readonly Scene[]
  readonly times: number
  readonly runs: number
  readonly kind: Kind
}

const isKnown = (name: string): boolean =>
  name === 'culprit' || SCENES.some((scene) => scene.name === name)

function options(): Options {
  const { values } = parseArgs({
    options: {
      scenes: { type: 'string' },
      times: { type: 'string', default: '1' },
      runs: { type: 'string', default: '3' },
      video: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const asked = values.scenes?.split(',')
  const [times, runs] = [Number(values.times), Number(values.runs)]
  const isWrong = ![times, runs].every(Number.isInteger) || asked?.every(isKnown) === false
  if (values.help || isWrong) {
    console.log(USAGE)
    process.exit(isWrong ? 2 : 0)
  }
  return {
    scenes: SCENES.filter(({ name }) => asked?.includes(name) ?? true),
    times,
    runs: asked?.includes('culprit') === false ? 0 : runs,
    kind: values.video ? 'video' : 'audio',
  }
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(0)} s`

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''

/** No scene takes longer; one that does has failed. */
const SCENE_MS = 180_000

async function withinLimit<T>(work: Promise<T>): Promise<T> {
  const late = new AbortController()
  const limit = pause(SCENE_MS, undefined, { signal: late.signal }).then(() => {
    throw new Error(`not done after ${seconds(SCENE_MS)}`)
  })
  try {
    return await Promise.race([work, limit])
  } finally {
    late.abort()
    limit.catch(() => undefined)
    work.catch(() => undefined)
  }
}

/** Play one; what goes wrong in it is its result, and the next one begins on fresh pages. */
async function play(stage: Stage, scene: Scene): Promise<Played> {
  const startedAt = Date.now()
  try {
    const results = await withinLimit(scene.play(stage))
    console.log(`  ${scene.title}: done in ${seconds(Date.now() - startedAt)}`)
    return { scene, results }
  } catch (error) {
    const failure = firstLine(error)
    console.log(`  ${scene.title}: ${failure}`)
    stage.net.lose()
    const pages = [stage.people.anran.page, stage.people.bailu.page]
    await Promise.all(pages.map((page) => page.goto('/').catch(() => undefined)))
    return { scene, results: [], failure }
  }
}

async function playAll(stage: Stage, { scenes, times, runs }: Options): Promise<void> {
  const played: Played[] = []
  for (const scene of scenes) {
    for (let nth = 0; nth < times; nth += 1) played.push(await play(stage, scene))
  }
  if (played.length > 0) printScenes(played)
  if (times > 1) printSpreads(played)
  let said: readonly Accusation[] = []
  if (runs > 0) {
    said = await accuse(stage, {
      runs,
      onRun(nth, told) {
        const verdicts = told.map(({ side, verdict }) => `${side} ${verdict}`).join(', ')
        console.log(`  culprit ${nth} of ${runs}, ${told[0]?.title ?? ''}: ${verdicts}`)
      },
    })
    printCulprits(said)
  }
  const scenesPlayed = played.map(({ scene: { name }, ...rest }) => ({ name, ...rest }))
  await writeResults('network', { kind: stage.kind, scenes: scenesPlayed, culprits: said })
}

/** The namespaces go however this ends; whatever runs in them ends with them. */
function closeAlways(net: Net): void {
  process.once('exit', () => {
    net.close()
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(130))
  }
}

function open(): Net {
  try {
    sweep()
    return createNet()
  } catch (error) {
    // It breaks nothing where a container, say, may not make networks.
    console.log(`The network lab can't run here: ${firstLine(error)}`)
    process.exit(0)
  }
}

const asked = options()
const net = open()
closeAlways(net)
console.log(`The network lab: ${asked.scenes.length} scenes, ${asked.runs} runs for the culprit`)
await withSite(net, async (url) => {
  await withPeople({ net, url }, (people) => playAll({ net, people, kind: asked.kind }, asked))
})
process.exit()
