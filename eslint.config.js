import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { bareText, numberToFixed, repositorySave } from './build/lint-rules.js';

const CLOCKS = 'Time comes from ports/clock.ts; days and instants are Temporal (shared/dates.ts).';
const RANDOMNESS = 'Randomness comes from ports/random.ts.';
const FLOATS = 'Floats never touch a price, a rate or a quantity: use shared/decimal.ts or shared/money.ts.';
const ONE_DOOR = 'database/unit-of-work.ts is the only place that begins or ends a transaction.';

const noElectron = {
  group: ['electron', 'electron/*'],
  message: 'Electron is imported under main/desktop only, so that the engine runs under plain Node.',
};
const noRandomFunctions = {
  group: ['node:crypto', 'crypto'],
  importNames: ['randomBytes', 'randomUUID', 'randomInt', 'randomFillSync', 'webcrypto'],
  message: RANDOMNESS,
};

const emptyCatch = {
  selector: 'CatchClause > BlockStatement[body.length=0]',
  message: 'A catch adds a fact and rethrows, or turns a named failure into a result.',
};
const temporalNow = { selector: "MemberExpression[object.name='Temporal'][property.name='Now']", message: CLOCKS };
const transaction = { selector: "CallExpression[callee.property.name='transaction']", message: ONE_DOOR };

const rawChannel = {
  selector: "Identifier[name='ipcMain']",
  message: 'Windows are answered through desktop/channels.ts, which checks who asks and what.',
};
const sideDoor = {
  selector: "MemberExpression[property.name='openExternal']",
  message: 'openExternal of desktop/windows.ts is the only door to the system’s browser: it checks the address.',
};

export default defineConfig(
  globalIgnores(['dist/', 'node_modules/', 'tests/conformance/']),
  {
    files: ['**/*.{ts,tsx,js,mjs}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './tsconfig.renderer.json', './tsconfig.screens.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { house: { rules: { 'number-to-fixed': numberToFixed, 'repository-save': repositorySave, 'bare-text': bareText } } },
    rules: {
      'no-console': 'error',
      'no-restricted-globals': ['error', { name: 'Date', message: CLOCKS }],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: RANDOMNESS }],
      'no-restricted-imports': ['error', { patterns: [noElectron] }],
      'no-restricted-syntax': ['error', emptyCatch],
      // `== null` asks for both kinds of nothing.
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-params': ['error', 3],
      'max-lines-per-function': ['error', { max: 70 }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // `[...text]` is how a text becomes its code points.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // Numbers and big integers print as what they are; the rest is spelled out.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // `() => expect(…)` and `() => void` shorthands are read easily enough.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // A handler may have to be async for its type alone.
      '@typescript-eslint/require-await': 'off',
      // A package's class of options takes a plain object.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unnecessary-type-arguments': 'off',
    },
  },
  {
    files: ['main/**', 'shared/**', 'migrations/**'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [noElectron, noRandomFunctions] }],
      'no-restricted-globals': [
        'error',
        { name: 'Date', message: CLOCKS },
        { name: 'parseFloat', message: FLOATS },
        { name: 'crypto', message: RANDOMNESS },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: RANDOMNESS },
        { object: 'Number', property: 'parseFloat', message: FLOATS },
      ],
      '@typescript-eslint/no-restricted-types': ['error', { types: { Date: CLOCKS } }],
      'no-restricted-syntax': ['error', emptyCatch, temporalNow, transaction],
      'house/number-to-fixed': 'error',
      'house/repository-save': 'error',
    },
  },
  {
    // The system's clock and randomness, behind the ports.
    files: ['main/**/system-*.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [noElectron] }],
      'no-restricted-globals': 'off',
      'no-restricted-properties': 'off',
      'no-restricted-syntax': ['error', emptyCatch],
      '@typescript-eslint/no-restricted-types': 'off',
    },
  },
  { files: ['main/database/unit-of-work.ts'], rules: { 'no-restricted-syntax': ['error', emptyCatch, temporalNow] } },
  {
    files: ['main/desktop/**'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [noRandomFunctions] }],
      'no-restricted-syntax': ['error', emptyCatch, temporalNow, transaction, rawChannel, sideDoor],
    },
  },
  // The one wrapper that checks who asks, and the one door to the system's browser.
  { files: ['main/desktop/channels.ts'], rules: { 'no-restricted-syntax': ['error', emptyCatch, temporalNow, transaction, sideDoor] } },
  { files: ['main/desktop/windows.ts'], rules: { 'no-restricted-syntax': ['error', emptyCatch, temporalNow, transaction, rawChannel] } },
  {
    // Screens. What they show is declared, so a screen may be longer than a rule.
    files: ['renderer/**'],
    rules: {
      'max-lines-per-function': ['error', { max: 100 }],
      'house/bare-text': 'error',
      'no-restricted-syntax': ['error', emptyCatch, temporalNow],
      'house/number-to-fixed': 'error',
      // Effects name what starts them, not all that they use.
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
    },
  },
  { files: ['main/cli.ts', 'main/headless/**', 'build/**', 'tests/**'], rules: { 'no-console': 'off' } },
  {
    // Plain JavaScript, where a cast would be a comment.
    files: ['**/*.{js,mjs}'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['tests/**'],
    rules: {
      // A fixture that needs none of the others is written `({}, use)`.
      'no-empty-pattern': 'off',
      'max-params': 'off',
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
);
