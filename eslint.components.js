import ts from 'typescript'
import tseslint from 'typescript-eslint'
import { parseForESLint } from 'vue-eslint-parser'

const onDisk = ts.sys.readFile
const SCRIPTS = /^<script[^]*?^<\/script>/gm

/** The script that vue-eslint-parser makes of a component and hands to the type checker. */
function scriptOf(component) {
  let script = ''
  const parser = {
    parseForESLint(text, { projectService, ...options }) {
      // Without it, it only looks where the imports end.
      if (projectService) script = text
      return tseslint.parser.parseForESLint(text, options)
    },
  }
  const scripts = component.match(SCRIPTS) ?? []
  parseForESLint(scripts.join('\n'), { parser, projectService: true, sourceType: 'module' })
  return script
}

/**
 * Have TypeScript read of each component what it gets to see when that is linted. Otherwise each
 * component changes the program, which forgets every type that it has found so far: of linting the
 * client that was half of the time.
 */
export function readComponentsAsScripts() {
  ts.sys.readFile = (path, encoding) => {
    const text = onDisk(path, encoding)
    return text !== undefined && path.endsWith('.vue') ? scriptOf(text) : text
  }
}
