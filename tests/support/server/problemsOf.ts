import { ConfigError, loadConfig } from '#server/config.ts'

/** What the configuration says is wrong with these variables. */
export function problemsOf(variables: Record<string, string>): readonly string[] {
  try {
    loadConfig(variables)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}
