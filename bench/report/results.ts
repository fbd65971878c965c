import { mkdir, writeFile } from 'node:fs/promises'
import { cpus, loadavg, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'

const RESULTS = fileURLToPath(new URL('../results/', import.meta.url))

/** Where the numbers come from: they mean nothing without it. */
const machine = (): object => ({
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
  cores: cpus().length,
  cpu: cpus()[0]?.model ?? 'unknown',
  memoryBytes: totalmem(),
  loadAverage: loadavg(),
})

/** Keep a bench's numbers as `bench/results/<name>.json`, over the ones of the last run. */
export async function writeResults(name: string, results: unknown): Promise<void> {
  await mkdir(RESULTS, { recursive: true })
  const text = JSON.stringify(
    { name, at: new Date().toISOString(), machine: machine(), results },
    null,
    2,
  )
  await writeFile(`${RESULTS}${name}.json`, `${text}\n`)
  console.log(`bench/results/${name}.json is written`)
}
