import { describe, expect, test } from 'vitest'
import { isStale } from '../../scripts/install.mjs'

const wanted = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/vue': { version: '3.5.45' },
    'node_modules/fsevents': { version: '2.3.3', optional: true },
  },
}

describe('an installation', () => {
  test.each([
    ['is current when all is there', { 'node_modules/vue': { version: '3.5.45' } }, false],
    ['is stale when a package is missing', {}, true],
    ['is stale when a package is older', { 'node_modules/vue': { version: '3.5.44' } }, true],
    [
      'is stale when an optional package is older',
      {
        'node_modules/vue': { version: '3.5.45' },
        'node_modules/fsevents': { version: '2.3.2' },
      },
      true,
    ],
  ])('%s', (_, packages, expected) => {
    expect(isStale(wanted, { packages })).toBe(expected)
  })
})
