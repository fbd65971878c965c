import js from '@eslint/js'
import { createNodeResolver, importX } from 'eslint-plugin-import-x'
import vue from 'eslint-plugin-vue'
import accessibility from 'eslint-plugin-vuejs-accessibility'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'
import { readComponentsAsScripts } from './eslint.components.js'
import walls from './eslint.walls.js'

readComponentsAsScripts()

const TYPED = ['**/*.ts', '**/*.vue']

const language = {
  languageOptions: {
    parserOptions: {
      parser: tseslint.parser,
      projectService: true,
      extraFileExtensions: ['.vue'],
    },
  },
  linterOptions: { reportUnusedDisableDirectives: 'error' },
}

const imports = {
  plugins: { 'import-x': importX },
  settings: {
    'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.vue', '.js', '.mjs'] })],
  },
  rules: {
    'import-x/no-duplicates': 'error',
    'import-x/no-self-import': 'error',
  },
}

const size = {
  rules: {
    'max-lines': ['error', 300],
    'max-lines-per-function': ['error', { max: 60, skipComments: true, skipBlankLines: true }],
    complexity: ['error', 10],
    'max-depth': ['error', 3],
    'max-params': ['error', 3],
    'no-console': 'error',
    eqeqeq: 'error',
  },
}

const typed = {
  files: TYPED,
  rules: {
    '@typescript-eslint/switch-exhaustiveness-check': 'error',
    '@typescript-eslint/consistent-type-imports': 'error',
    '@typescript-eslint/consistent-type-exports': 'error',
    '@typescript-eslint/prefer-readonly': 'error',
    '@typescript-eslint/no-non-null-assertion': 'error',
    '@typescript-eslint/no-explicit-any': 'error',
    '@typescript-eslint/no-floating-promises': 'error',
    '@typescript-eslint/no-unused-vars': [
      'error',
      { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
    ],
    '@typescript-eslint/no-confusing-void-expression': [
      'error',
      { ignoreArrowShorthand: true, ignoreVoidOperator: true },
    ],
    '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    // It asks for `!`, which no-non-null-assertion forbids.
    '@typescript-eslint/non-nullable-type-assertion-style': 'off',
    'no-undef': 'off',
    // A third of the time for nothing: the compiler forbids enums, and there are few classes.
    '@typescript-eslint/no-unsafe-enum-assignment': 'off',
    '@typescript-eslint/no-unsafe-enum-comparison': 'off',
    '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
  },
}

/** `v-model` of a text waits for the end of a composition; on Android that is after the word. */
const COMPOSED = {
  selector: [
    'VElement[rawName=/^(input|textarea)$/]',
    ':not(:has(VAttribute[key.name="type"][value.value=/^(radio|checkbox|date)$/]))',
    ' > VStartTag > VAttribute[directive=true][key.name.name="model"]',
  ].join(''),
  message: 'Read the text from `input` (ui/typing.ts), with the word that is being composed.',
}

const components = {
  files: ['**/*.vue'],
  rules: {
    // Prettier lays out templates.
    ...vue.configs['no-layout-rules'].rules,
    'vue/no-v-html': 'error',
    'vue/no-restricted-syntax': ['error', COMPOSED],
    'vue/component-api-style': ['error', ['script-setup']],
    'vue/block-lang': ['error', { script: { lang: 'ts' } }],
    'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
    'vue/define-props-declaration': 'error',
    'vue/define-emits-declaration': ['error', 'type-literal'],
    'vue/define-macros-order': 'error',
    'vue/no-undef-components': ['error', { ignorePatterns: ['^Router(Link|View)$'] }],
    'vue/no-unused-refs': 'error',
    'vue/no-ref-object-reactivity-loss': 'error',
    'vue/require-typed-ref': 'error',
    // An optional prop without a default is `undefined`, and its type says so.
    'vue/require-default-prop': 'off',
    // The label names the field by `for`, or holds it: either is enough.
    'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }],
    'max-lines-per-function': 'off',
  },
}

const FOCUSED = {
  selector:
    'MemberExpression[property.name="only"][object.name=/^(it|test|describe|suite)$/], CallExpression[callee.name=/^f(it|describe)$/]',
  message: 'A focused test hides all others.',
}
const TIMER = 'CallExpression[callee.name="setTimeout"]'
const SLEEP = {
  selector: [
    'CallExpression[callee.property.name="waitForTimeout"]',
    `AwaitExpression > NewExpression[callee.name="Promise"] ${TIMER}`,
    // A turn of the loop takes no time.
    `NewExpression[callee.name="Promise"] ${TIMER}[arguments.0.name=/^resolve/][arguments.1]:not([arguments.1.value=0])`,
    'ImportDeclaration[source.value="node:timers/promises"] > ImportSpecifier[imported.name="setTimeout"]',
  ].join(', '),
  message: 'No sleeps: expect.poll, or a fake clock.',
}
const ITS_OWN = '> Literal[value>=1000]'
const HOOKS = '(it|test|describe|before(Each|All)|after(Each|All))'
const LIMIT = {
  selector: [
    `Property[key.name=/^(timeout|\\w+Timeout)$/] ${ITS_OWN}`,
    `CallExpression[callee.property.name=/^set(Default\\w*)?Timeout$/] ${ITS_OWN}`,
    `CallExpression[callee.name=/^${HOOKS}$/] ${ITS_OWN}`,
    `CallExpression[callee.callee.object.name=/^${HOOKS}$/] ${ITS_OWN}`,
    // A second, however slow the machine is.
    'CallExpression[callee.object.name="vi"][callee.property.name=/^wait(For|Until)$/]:not([arguments.1])',
  ].join(', '),
  message:
    'A limit grows with the slowness of the machine: the common one, expect.poll, or atMost.',
}
const WAYS = ':matches(IfStatement, SwitchStatement, ConditionalExpression)'
const CONDITIONAL = {
  selector: [
    `CallExpression[callee.name=/^(it|test)$/] ${WAYS}`,
    `CallExpression[callee.callee.object.name=/^(it|test)$/] ${WAYS}`,
  ].join(', '),
  message: 'A test that may go two ways proves neither; conditions belong in tests/support.',
}

const tests = [
  {
    files: ['tests/**', 'e2e/**', 'bench/**'],
    rules: {
      'max-lines-per-function': 'off',
      'max-params': ['error', 4],
      'no-restricted-syntax': ['error', FOCUSED],
      '@typescript-eslint/no-empty-function': 'off',
      // Matchers such as expect.any() are `any`, and so is what comes over a wire.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['tests/**', 'e2e/**'],
    rules: { 'no-restricted-syntax': ['error', FOCUSED, SLEEP, LIMIT] },
  },
  {
    files: ['tests/**/*.test.ts', 'e2e/specs/**'],
    ignores: ['tests/property/**'],
    rules: { 'no-restricted-syntax': ['error', FOCUSED, SLEEP, LIMIT, CONDITIONAL] },
  },
  {
    files: ['e2e/fixtures/**'],
    // Playwright reads a fixture's needs from its first parameter, which may be `{}`.
    rules: { 'no-empty-pattern': 'off' },
  },
]

const programs = {
  files: ['scripts/**', 'bench/**', 'src/server/main.ts'],
  rules: { 'no-console': 'off' },
}

export default defineConfig(
  globalIgnores(['dist/', 'data/', 'bench/results/', 'test-results/', 'playwright-report/']),
  js.configs.recommended,
  {
    files: TYPED,
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
  },
  vue.configs['flat/recommended'],
  accessibility.configs['flat/recommended'],
  language,
  imports,
  size,
  typed,
  components,
  walls,
  tests,
  programs,
  // The type checker knows every name there is in a script.
  {
    files: ['**/*.{js,mjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { 'no-undef': 'off' },
  },
)
