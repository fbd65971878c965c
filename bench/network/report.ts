import { median, percentile } from '../report/statistics.ts'
import { printTable, showNumber, type Cell } from '../report/table.ts'
import type { Accusation } from './culprits.ts'
import type { Result, Scene } from './scenes.ts'
import type { Sentence } from './sentences.ts'

/** A scene that was played; without results where it failed. */
export interface Played {
  readonly scene: Scene
  readonly results: readonly Result[]
  readonly failure?: string
}

const COLUMNS = [
  'what happens',
  'who hears',
  'missing ms',
  'missing %',
  'silence ms',
  'sound after ms',
  'by',
  'the screen said (after s)',
  'verdict',
  'aim',
]

const saidOf = (sentences: readonly Sentence[]): string =>
  sentences.map(({ said, afterMs }) => `${said} (${(afterMs / 1_000).toFixed(1)})`).join(', ')

const ms = (value: number | null): Cell => (value === null ? 'never' : Math.round(value))

function pathOf({ isRelayed }: Result): string {
  if (isRelayed === null) return '–'
  return isRelayed ? 'relay' : 'direct'
}

const rowOf = ({ title, aim }: Scene, result: Result): Cell[] => [
  title,
  result.side,
  Math.round(result.missingMs),
  result.missingPercent,
  Math.round(result.longestSilenceMs),
  ms(result.soundAfterMs),
  pathOf(result),
  saidOf(result.sentences),
  result.verdict,
  aim,
]

/** One line for each side of each scene. */
export function printScenes(played: readonly Played[]): void {
  printTable(
    'Sound that was made up or did not come, and what the screens said',
    COLUMNS,
    played.flatMap(({ scene, results, failure }) =>
      failure === undefined
        ? results.map((result) => rowOf(scene, result))
        : [[scene.title, '–', '–', '–', '–', '–', '–', failure, 'failed', scene.aim]],
    ),
  )
}

/** How long it takes until the sound is there, over all the times that a scene was played. */
export function printSpreads(played: readonly Played[]): void {
  const scenes = new Set(played.map(({ scene }) => scene))
  printTable(
    'Time to sound, each side of each time',
    ['what happens', 'times', 'never', 'p50 ms', 'p95 ms', 'longest ms', 'aim'],
    [...scenes].map((scene) => {
      const own = played.filter((one) => one.scene === scene)
      const times = own.flatMap(({ results }) => results.map((one) => one.soundAfterMs))
      const sounds = times.filter((time) => time !== null).sort((a, b) => a - b)
      const spread = [50, 95, 100].map((p) => ms(percentile(sounds, p)))
      return [scene.title, times.length, times.length - sounds.length, ...spread, scene.aim]
    }),
  )
}

/** How often the screens named who it was. */
export function printCulprits(said: readonly Accusation[]): void {
  const titles = [...new Set(said.map(({ title }) => title))]
  const lineOf = (title: string, part: readonly Accusation[]): Cell[] => {
    const count = (verdict: Accusation['verdict']): number =>
      part.filter((one) => one.verdict === verdict).length
    const times = part.flatMap(({ saidAfterMs }) => (saidAfterMs === null ? [] : [saidAfterMs]))
    const share = (100 * count('right')) / part.length
    return [
      title,
      part.length,
      count('right'),
      count('wrong'),
      count('silent'),
      showNumber(share),
      median(times) / 1_000,
    ]
  }
  printTable(
    'Whose fault it is, 20 % lost there; aim: right ≥ 95 %',
    ['where packets are lost', 'screens', 'right', 'wrong', 'silent', 'right %', 'said after s'],
    [
      ...titles.map((title) =>
        lineOf(
          title,
          said.filter((one) => one.title === title),
        ),
      ),
      lineOf('all', said),
    ],
  )
}
