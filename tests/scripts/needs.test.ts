import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { declaring, ensureNeeds, locate, verdictOn, type Need } from '../../scripts/needs.mjs'

const need = (changes: Partial<Need> = {}): Need => ({
  id: 'planted',
  name: 'Planted',
  packages: ['no-such-package-of-ahoy'],
  find: () => undefined,
  ...changes,
})

beforeEach(() => {
  // These tests run in a suite that declares needs of its own.
  for (const key of Object.keys(declaring([]))) vi.stubEnv(key, undefined)
})

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

describe('what tests need of the machine', () => {
  test('a need that is missing is named, with the suites that declare it', () => {
    const planted = need({ isVital: true })
    const suites = [
      { name: 'unit', needs: [planted] },
      { name: 'end to end', needs: [planted, need({ id: 'other' })] },
      { name: 'lint', needs: [] },
    ]
    const { isFatal, lines } = verdictOn([planted], suites)
    expect(isFatal).toBe(true)
    expect(lines).toEqual([
      '✗ Planted is missing (Debian: no-such-package-of-ahoy), which these need: unit; end to end.',
    ])
  })

  test('a need that something else can do is named, and no obstacle', () => {
    const planted = need({ without: 'Another one does it.' })
    const { isFatal, lines } = verdictOn([planted], [{ name: 'unit', needs: [planted] }])
    expect(isFatal).toBe(false)
    expect(lines.join()).toMatch(/^! Planted is missing .* need: unit\. Another one does it\.$/)
  })

  test('what is there is not installed again', async () => {
    const said = vi.spyOn(console, 'log')
    expect(await ensureNeeds([need({ find: () => '/here' })])).toEqual([])
    expect(said).not.toHaveBeenCalled()
  })

  test('what is missing is named before it is installed, and is no more missing then', async () => {
    const happened: string[] = []
    vi.spyOn(console, 'log').mockImplementation((line: string) => void happened.push(line))
    const planted = (name: string): Need => {
      const place = { path: undefined as string | undefined }
      return need({
        name,
        packages: [],
        find: () => place.path,
        download() {
          happened.push(`${name} comes`)
          place.path = '/here'
          return Promise.resolve()
        },
      })
    }
    const needs = [planted('Planted'), need({ find: () => '/here' }), planted('Another')]
    expect(await ensureNeeds(needs)).toEqual([])
    expect(happened).toEqual(['Installing Planted, Another …', 'Planted comes', 'Another comes'])
  })

  test('what can not be installed is still missing', async () => {
    vi.spyOn(console, 'log').mockReturnValue()
    const planted = need({ packages: [], download: () => Promise.resolve() })
    expect(await ensureNeeds([planted])).toEqual([planted])
  })

  test('a suite does not find what it has not declared, though the machine has it', () => {
    const there = need({ find: () => '/here' })
    expect(locate(there)).toBe('/here')
    for (const [key, value] of Object.entries(declaring([need({ id: 'other' })]))) {
      vi.stubEnv(key, value)
    }
    expect(() => locate(there)).toThrow(/Planted is used, but .* 'planted'/)
  })

  test('a suite finds what it has declared', () => {
    const there = need({ find: () => '/here' })
    for (const [key, value] of Object.entries(declaring([there]))) vi.stubEnv(key, value)
    expect(locate(there)).toBe('/here')
  })
})
