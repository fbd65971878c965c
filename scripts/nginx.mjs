import { locate } from './needs.mjs'
import { onPath } from './programs.mjs'

/** @type {import('./needs.mjs').Need} */
export const NGINX = {
  id: 'nginx',
  name: 'nginx',
  packages: ['nginx-light'],
  services: ['nginx'],
  find: () => onPath(['nginx']),
}

/** @returns {string | undefined} nginx, where the machine has it. What needs it is skipped without it. */
export const findNginx = () => locate(NGINX)
