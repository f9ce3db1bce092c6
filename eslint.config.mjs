import nextPlugin from "@next/eslint-plugin-next";
import { defineConfig } from "eslint/config";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

// What .oxlintrc.json cannot say: rules of our own, React's and Next's. Nothing here needs the types.

const tests = ["**/*.test.{ts,tsx}", "**/*.testkit.{ts,tsx}", "**/*.bench.ts", "tests/**", "e2e/**"];
const configFiles = ["*.config.{ts,mjs}", ".*.mjs"];

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

export default defineConfig(
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
  // Comments that switch a rule off are for the rules of .oxlintrc.json, which reports those that are not needed.
  { linterOptions: { reportUnusedDisableDirectives: "off" } },
  {
    files: ["**/*.{ts,tsx,mjs,cjs}"],
    languageOptions: { parser: tseslint.parser },
    // Known by name to comments; on in .oxlintrc.json.
    plugins: { "@typescript-eslint": tseslint.plugin },
    rules: { "no-restricted-syntax": ["error", ...anywhere, environment, global, defaultExport] },
  },
  {
    files: ["app/**/*.{ts,tsx}", "components/**/*.{ts,tsx}", "steps/**/*.tsx", "triggers/**/*.tsx"],
    plugins: { "react-hooks": reactHooks, "@next/next": nextPlugin },
    rules: {
      ...reactHooks.configs.flat["recommended-latest"].rules,
      ...nextPlugin.configs.recommended.rules,
      ...nextPlugin.configs["core-web-vitals"].rules,
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
    files: ["scripts/**/*.{ts,tsx,mjs,cjs}", ...configFiles, ...tests],
    rules: { "no-restricted-syntax": ["error", ...anywhere] },
  },
);
