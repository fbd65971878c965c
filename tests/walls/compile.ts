import { dirname, resolve } from 'node:path'
import ts from 'typescript'

/** The floors that have a compiler project of their own. */
export type Floor = 'shared' | 'client' | 'server'

function projectOf(floor: Floor): ts.ParsedCommandLine {
  const path = resolve('src', floor, 'tsconfig.json')
  const { config } = ts.readConfigFile(path, (name) => ts.sys.readFile(name)) as { config: unknown }
  return ts.parseJsonConfigFileContent(config, ts.sys, dirname(path), undefined, path)
}

const parsed = new Map<string, ts.SourceFile | undefined>()

/** A host that has one more file than the disk, and reads each of the others once. */
function hostWith(planted: string, code: string, options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options)
  const onDisk = { ...host }
  host.fileExists = (name) => name === planted || onDisk.fileExists(name)
  host.getSourceFile = (name, version) => {
    if (name === planted) return ts.createSourceFile(name, code, version)
    if (!parsed.has(name)) parsed.set(name, onDisk.getSourceFile(name, version))
    return parsed.get(name)
  }
  // The sources of the floor below, instead of what its last build left; the types of the compiler
  // leave this one out.
  return Object.assign(host, { useSourceOfProjectReferenceRedirect: () => true })
}

/** The codes of the compiler's errors in one more file of a floor, which need not exist. */
export function errorsOfPlanted(floor: Floor, code: string): string[] {
  const { fileNames, options, projectReferences = [] } = projectOf(floor)
  const planted = resolve('src', floor, 'planted.ts')
  const program = ts.createProgram({
    rootNames: [...fileNames, planted],
    options,
    projectReferences,
    host: hostWith(planted, code, options),
  })
  const file = program.getSourceFile(planted)
  // That a file belongs to another project is an error of the program, placed at the import.
  const ofProgram = program.getOptionsDiagnostics().filter((error) => error.file === file)
  return [...program.getSemanticDiagnostics(file), ...ofProgram].map((error) => `TS${error.code}`)
}
