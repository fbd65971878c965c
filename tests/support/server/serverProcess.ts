import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { createTempDir } from './testApp.ts'

const MAIN = fileURLToPath(new URL('../../../src/server/main.ts', import.meta.url))

/** The server as a process of its own. */
export interface ServerProcess {
  pid: number
  output: { stdout: string; stderr: string }
  /** Its exit code, when it has ended. */
  exited: Promise<number | null>
  /** Where it listens, as soon as it does. */
  address: () => Promise<string>
  signal: (name: NodeJS.Signals) => void
}

export async function startServer(env: Record<string, string>): Promise<ServerProcess> {
  const directory = await createTempDir()
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env['PATH'], DATA_DIR: directory, DIST_DIR: directory, PORT: '0', ...env },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const output = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()))
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve))

  async function address(): Promise<string> {
    for (;;) {
      const url = /^listening (\S+)$/m.exec(output.stdout)?.[1]
      if (url !== undefined) return url
      const ended = await Promise.race([exited, once(child.stdout, 'data').then(() => 'more')])
      if (ended !== 'more') throw new Error(`It ended: ${output.stderr}`)
    }
  }
  return { pid: child.pid ?? 0, output, exited, address, signal: (name) => void child.kill(name) }
}
