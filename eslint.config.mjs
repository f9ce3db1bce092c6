import nextPlugin from "@next/eslint-plugin-next";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const tests = ["**/*.test.{ts,tsx}", "**/*.testkit.{ts,tsx}", "**/*.bench.ts", "tests/**", "e2e/**"];
const configFiles = ["*.config.{ts,mjs}", ".*.cjs"];

const anywhere = [
  { selector: "TSEnumDeclaration", message: "Use a union of string literals." },
  {
    selector: "ClassDeclaration:not([superClass.name=/Error$/]), ClassExpression:not([superClass.name=/Error$/])",
    message: "Use functions and closures; classes are for errors only.",
  },
  {
    selector: "MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(only|skip|todo|fixme)$/]",
    message: "Run every test.",
  },
];

const environment = {
  // Next writes NODE_ENV into the bundle.
  selector:
    ":not(MemberExpression[property.name='NODE_ENV']) > MemberExpression[object.name='process'][property.name='env']",
  message: "Read the environment through server/env.ts.",
};

const global = {
  selector: "MemberExpression[object.name='globalThis'][property.name=/^holdpoint/]",
  message: "What a process has once is kept by server/process-wide.ts.",
};

const defaultExport = {
  selector: "ExportDefaultDeclaration",
  message: "Use a named export; the framework demands a default only in app/ and config files.",
};

const clockAndChance = [
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: "Time comes from the Clock port or the event.",
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: "Time comes from the Clock port or the event.",
  },
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: "Identifiers come from core/ids.ts.",
  },
];

export default tseslint.config(
  {
    ignores: [
      "node_modules/**",
      ".next/**",
      "build/**",
      ".data/**",
      "coverage/**",
      "server/db/generated/**",
      "next-env.d.ts",
      "test-results/**",
      "playwright-report/**",
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  ...tseslint.configs.strictTypeChecked,
  { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } },
  {
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true, ignoreVoidOperator: true, ignoreVoidReturningFunctions: true },
      ],
      // The engine's state is JSON: its maps are plain records.
      "@typescript-eslint/no-dynamic-delete": "off",
      // A port is asynchronous whether or not one implementation has something to await.
      "@typescript-eslint/require-await": "off",
      // There are no classes here: what an interface calls a method is a closure.
      "@typescript-eslint/unbound-method": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      // The compiler reports unused names; the underscore of a deliberately dropped property stays readable.
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      "max-lines": ["error", 250],
      "no-console": "error",
      "no-eval": "error",
      "no-new-func": "error",
      eqeqeq: "error",
      "no-restricted-syntax": ["error", ...anywhere, environment, global, defaultExport],
    },
  },
  {
    files: ["app/**/*.{ts,tsx}", "components/**/*.{ts,tsx}", "steps/**/*.tsx"],
    plugins: { "react-hooks": reactHooks, "@next/next": nextPlugin },
    rules: {
      ...reactHooks.configs.flat["recommended-latest"].rules,
      ...nextPlugin.configs.recommended.rules,
      ...nextPlugin.configs["core-web-vitals"].rules,
      // An event handler may be asynchronous: React ignores what it returns, and the mutation reports its own errors.
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
    },
  },
  {
    files: ["app/**/*.{ts,tsx}", "proxy.ts"],
    rules: { "no-restricted-syntax": ["error", ...anywhere, environment, global] },
  },
  {
    files: ["core/**/*.ts"],
    ignores: ["core/ids.ts", ...tests],
    rules: { "no-restricted-syntax": ["error", ...anywhere, environment, defaultExport, ...clockAndChance] },
  },
  {
    files: ["server/env.ts", "inngest/worker-environment.ts"],
    rules: { "no-restricted-syntax": ["error", ...anywhere, global, defaultExport] },
  },
  {
    files: ["server/process-wide.ts"],
    rules: { "no-restricted-syntax": ["error", ...anywhere, environment, defaultExport] },
  },
  {
    files: ["scripts/**/*", ...configFiles],
    rules: { "no-console": "off", "no-restricted-syntax": ["error", ...anywhere] },
  },
  { files: ["prisma/seed/**/*.ts"], rules: { "no-console": "off" } },
  {
    files: tests,
    rules: {
      "no-restricted-syntax": ["error", ...anywhere],
      "no-console": "off",
      "@typescript-eslint/no-empty-function": "off",
      // A test looks into answers that have no type, such as a parsed body; a wrong guess fails it.
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/no-base-to-string": "off",
      "@typescript-eslint/restrict-plus-operands": "off",
    },
  },
  { files: ["**/*.{mjs,cjs}"], ...tseslint.configs.disableTypeChecked },
);
