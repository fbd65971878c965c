import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { NODE, ROOT } from '../../scripts/places.mjs'
import { boundTo, SERVER_CORE } from './cores.ts'
import type { Cost, Question } from './probe.ts'

/** Of one size from the start to the end (MB), or its growth is taken for that of what is measured. */
const YOUNG_GENERATION = ['--min-semi-space-size=16', '--max-semi-space-size=16']
const PROBE = fileURLToPath(new URL('probe.ts', import.meta.url))

/** A server in a process of its own. */
export interface ServerProcess {
  /** `http://127.0.0.1:<port>` */
  readonly url: string
  /** What it has cost so far; `settle`: after its garbage is collected. */
  cost(question?: Question): Promise<Cost>
  stop(): Promise<void>
  /** It ends without a word. */
  kill(): Promise<void>
}

/**
 * Start a server on its core and wait for its line `listening <url>`.
 * @param file relative to the checkout
 * @throws Error when it ends instead
 */
export async function startServer(
  file: string,
  env: Record<string, string> = {},
): Promise<ServerProcess> {
  const [program = NODE, ...args] = boundTo(SERVER_CORE, [
    NODE,
    '--expose-gc',
    ...YOUNG_GENERATION,
    `--import=${PROBE}`,
    file,
  ])
  const child = spawn(program, args, {
    cwd: ROOT,
    // Everybody comes from this machine.
    env: { ...process.env, NODE_ENV: 'production', SOCKETS_PER_ADDRESS: '1000000', ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const url = await listening(child, file)
  return {
    url,
    async cost(question = { settle: false }) {
      const answer = once(child, 'message')
      child.send(question)
      const [cost] = await answer
      return cost as Cost
    },
    stop: () => end(child, 'SIGTERM'),
    kill: () => end(child, 'SIGKILL'),
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}

function listening(child: ChildProcess, file: string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => {
      reject(new Error(`${file} ended with ${String(code)} before it listened`))
    })
    if (child.stdout === null) throw new Error('the output is piped')
    createInterface({ input: child.stdout }).on('line', (line) => {
      const url = /^listening (\S+)$/.exec(line)?.[1]
      if (url !== undefined) resolve(url)
    })
  })
}
