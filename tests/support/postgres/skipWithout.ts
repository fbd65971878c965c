import { beforeEach, inject } from 'vitest'

/** Without a PostgreSQL its half of the tests is counted as skipped. */
beforeEach(({ skip }) => {
  if (inject('postgres') === null) skip('there is no PostgreSQL here')
})
