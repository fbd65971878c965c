import { lineOf } from './progress.mjs'

/** A reporter of Vitest: tells how many files are done, and what has failed. */
export default class VitestProgress {
  #of = 0
  #done = 0

  /** @param {readonly unknown[]} specifications */
  onTestRunStart(specifications) {
    this.#of = specifications.length
  }

  /** @param {import('vitest/node').TestModule} module */
  onTestModuleEnd(module) {
    this.#done += 1
    const failed = [...module.children.allTests('failed')].map(({ fullName }) => fullName)
    const titles = module.ok() ? [] : failed.length > 0 ? failed : ['the file could not be loaded']
    const step = {
      done: this.#done,
      of: this.#of,
      unit: 'files',
      failed: titles.map((title) => `${module.relativeModuleId}: ${title}`),
    }
    process.stdout.write(`\n${lineOf(step)}`)
  }
}
