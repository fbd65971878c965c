import { execFileSync } from 'node:child_process'
import { availableParallelism } from 'node:os'

/** Servers get a core of their own, whoever loads them another one. */
export const SERVER_CORE = 0
const LOAD_CORE = 1

const TRIES = 5

const canPin = hasTaskset()

function hasTaskset(): boolean {
  if (availableParallelism() < 2) return false
  try {
    execFileSync('taskset', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** A program and its arguments, bound to a core where the machine can do that. */
export const boundTo = (core: number, command: readonly string[]): readonly string[] =>
  canPin ? ['taskset', '-c', String(core), ...command] : command

/** Bind this process, the load generator, with all its threads. @returns whether it is bound */
export function bindLoad(): boolean {
  if (!canPin) return false
  const args = ['-acp', String(LOAD_CORE), String(process.pid)]
  // A thread that ends while they are counted makes it fail.
  for (let tries = 0; tries < TRIES; tries += 1) {
    try {
      execFileSync('taskset', args, { stdio: 'ignore' })
      return true
    } catch {
      continue
    }
  }
  return false
}
