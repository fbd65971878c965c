import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** Run a program of the system to its end. @throws Error with what it complained about */
export function command(program: string, ...args: readonly string[]): string {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : ''
    throw new Error(`${program} ${args.join(' ')}: ${said}`, { cause: error })
  }
}

/** A program that runs in a namespace until it is stopped. */
export interface Service {
  stop(): Promise<void>
}

export interface ServiceOptions {
  readonly namespace: string
  readonly program: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** The line after which it can be used. */
  readonly ready: RegExp
}

const START_MS = 20_000
const END_MS = 5_000

/** Start it, and wait for the line that says that it is ready. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { namespace, program, args, env = {}, ready } = options
  const child = spawn('ip', ['netns', 'exec', namespace, program, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  await untilReady(child, program, ready)
  return {
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), END_MS)
      await ended
      clearTimeout(late)
    },
  }
}

function untilReady(child: ChildProcess, program: string, ready: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    const said: string[] = []
    const fail = (why: string): void => {
      reject(new Error(`${program} ${why}\n${said.slice(-20).join('\n')}`))
    }
    const late = setTimeout(() => {
      fail('is not ready')
    }, START_MS)
    child.once('error', reject)
    child.once('exit', (code) => {
      fail(`ended with ${String(code)}`)
    })
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue
      // Read to the end, or the program would stop at a full pipe.
      createInterface({ input: stream }).on('line', (line) => {
        if (said.length < 200) said.push(line)
        if (!ready.test(line)) return
        clearTimeout(late)
        resolve()
      })
    }
  })
}
