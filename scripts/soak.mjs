/** `npm run test:soak`: the property suite with a million schedules. */
import { binOf, NODE } from './places.mjs'
import { installPackages } from './install.mjs'
import { run } from './run.mjs'

await installPackages()
const PROPERTY_RUNS = process.env['PROPERTY_RUNS'] ?? '1000000'
console.log(`Property suite, ${PROPERTY_RUNS} runs …`)
const args = [binOf('vitest'), 'run', '--project', 'node', '--test-timeout', '0', 'tests/property']
const { code } = await run(NODE, args, { env: { PROPERTY_RUNS } })
process.exit(code)
