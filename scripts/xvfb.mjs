import { locate } from './needs.mjs'
import { onPath } from './programs.mjs'

const XDOTOOL = 'xdotool'

/** A screen without a monitor, and hands for it: for what a browser shows outside of its pages. @type {import('./needs.mjs').Need} */
export const XVFB = {
  id: 'xvfb',
  name: 'Xvfb with xdotool',
  packages: ['xvfb', XDOTOOL],
  find: () => (onPath([XDOTOOL]) === undefined ? undefined : onPath(['Xvfb'])),
}

/** @returns {string | undefined} Xvfb, where the machine has it. What needs it is skipped without it. */
export const findXvfb = () => locate(XVFB)
