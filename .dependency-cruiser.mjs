// "Who may import whom", default deny: a folder may import what its line allows and nothing else. ARCHITECTURE.md explains it.

import { layers, test } from "./scripts/check/layers.mjs";

const builtin = "^(node:)?[a-z_/]+$";
const npm = (...names) => names.map((name) => `^node_modules/${name}(/|$)`);
const sharedStep = "^steps/(?!definitions|executors|forms)[a-z-]+[.]ts$";
const sharedConnector = "^connectors/(?!definitions|clients|executors)[a-z-]+[.]ts$";
const react = npm("react", "react-dom", "next", "next-auth", "@types/react", "@types/react-dom");
const componentPackages = npm(
  ..."@base-ui @xyflow elkjs lucide-react clsx sonner @tanstack @trpc zod temporal-polyfill croner @cfworker/json-schema @fontsource-variable @codemirror @lezer @dnd-kit diff zustand".split(
    " ",
  ),
);

/** name, files it is about, what they may import, where the code belongs instead. */
const folders = [
  [
    "core",
    "^core/",
    ["^core/", ...npm("zod", "@marcbachmann/cel-js", "croner", "temporal-polyfill", "@cfworker/json-schema")],
    "core is pure: put what needs a framework, Node or the network behind a port in core/ports.ts.",
  ],
  [
    "step-definition",
    "^steps/([^/]+)/(?!execute|form)[^/]+[.]ts$",
    ["^core/", "^steps/$1/(?!execute|form)", sharedStep, ...npm("zod")],
    "A step's definition is read by browser and server: it knows core only.",
  ],
  [
    "step-execute",
    "^steps/([^/]+)/execute[.]ts$",
    ["^core/", "^steps/$1/", sharedStep, ...npm("zod")],
    "A step reaches the world through the ports it is given.",
  ],
  [
    "step-form",
    "^steps/([^/]+)/form[.]ts$",
    ["^core/", "^steps/$1/(?!execute)", sharedStep],
    "A step's form says which fields there are and how they are edited; components/builder has the controls.",
  ],
  ["step-shared", sharedStep, ["^core/", sharedStep, ...npm("zod")], "What several steps share knows core only."],
  [
    "step-registries",
    "^steps/(definitions|executors|forms)[.]ts$",
    ["^core/", "^steps/", "^connectors/definitions[.]ts$", ...npm("zod", "server-only")],
    "The registries only list the step folders.",
  ],
  [
    "connector-definition",
    "^connectors/([^/]+)/(?!client)[^/]+[.]ts$",
    ["^core/", "^connectors/$1/(?!client)", sharedConnector, ...npm("zod")],
    "A connector's definition is read by browser and server: it knows core only.",
  ],
  [
    "connector-client",
    "^connectors/([^/]+)/client[.]ts$",
    ["^core/", "^connectors/$1/", sharedConnector, ...npm("zod")],
    "A connector's client calls through the HTTP port it is given.",
  ],
  [
    "connector-registries",
    "^connectors/[^/]+[.]ts$",
    ["^core/", "^connectors/", ...npm("zod", "server-only")],
    "The registries only list the connector folders.",
  ],
  [
    "components",
    "^components/",
    [
      "^components/",
      "^core/",
      "^steps/(definitions|forms)[.]ts$",
      "^steps/[^/]+/(definition|form)[.]ts$",
      "^connectors/(definitions[.]ts|[^/]+/definition[.]ts)$",
      "^server/api/root[.]ts$",
      ...react,
      ...componentPackages,
    ],
    "Components get data from tRPC; rules live in core, data access in server.",
  ],
  [
    "app",
    "^app/|^proxy[.]ts$|^instrumentation",
    [
      "^app/",
      "^components/",
      "^core/",
      "^steps/definitions[.]ts$",
      "^connectors/definitions[.]ts$",
      "^server/(?!db/)",
      "^inngest/(client|events)[.]ts$",
      builtin,
      ...react,
      ...componentPackages,
      ...npm("server-only"),
    ],
    "An app file parses, authorises, calls one service and answers.",
  ],
  [
    "server",
    "^server/",
    [
      "^server/",
      "^core/",
      "^steps/(definitions[.]ts|[^/]+/definition[.]ts)$",
      "^connectors/",
      "^inngest/(client|events)[.]ts$",
      "^workflows/templates/[^/]+[.]json$",
      builtin,
      "^node_modules/(?!inngest/)",
    ],
    "server may know core, the definitions, and of inngest only client and events.",
  ],
  [
    "inngest",
    "^inngest/",
    ["^inngest/", "^core/", "^steps/", "^connectors/", "^server/", builtin, "^node_modules/(?!@prisma/|react/|next/)"],
    "inngest drives runs: rules live in core, data access in server.",
  ],
];

export default {
  forbidden: [
    ...folders.map(([name, path, allowed, comment]) => ({
      name: name + "-imports",
      comment,
      severity: "error",
      from: { path, pathNot: test },
      to: { pathNot: allowed },
    })),
    ...layers,
    {
      name: "known-folders-only",
      comment: "Source lives in one of the folders of ARCHITECTURE.md.",
      severity: "error",
      from: {},
      to: {
        path: "[.]tsx?$",
        pathNot:
          "^(app|components|connectors|core|e2e|inngest|prisma|scripts|server|steps|tests|node_modules|[.]next)/|^[^/]+$",
      },
    },
    {
      name: "components-server-types-only",
      comment: "Only the type of the tRPC router crosses from server to the browser.",
      severity: "error",
      from: { path: "^components/" },
      to: { path: "^server/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "prisma-only-in-repository",
      comment: "Queries belong in the module's repository.ts.",
      severity: "error",
      from: {
        path: "^(app|components|server|inngest|steps|connectors|core)/",
        pathNot: ["^inngest/run-worker[.]ts$", `^server/modules/[^/]+/repository[.]ts$`, "^server/db/", test],
      },
      to: {
        path: ["^server/db/generated/", "^server/db/client[.]ts$", ...npm("@prisma/client", "@prisma/adapter-pg")],
      },
    },
    {
      name: "pg-only-in-store",
      comment: "Prepared SQL belongs in a store.ts.",
      severity: "error",
      from: {
        path: "^(app|components|server|inngest|steps|connectors|core)/",
        pathNot: ["(^|/)(store|listener)[.]ts$", "^server/db/", test],
      },
      to: { path: npm("pg"), dependencyTypesNot: ["type-only"] },
    },
    {
      name: "inngest-sdk-only-in-inngest",
      comment: "Everything that knows the SDK lives in inngest/.",
      severity: "error",
      from: { pathNot: "^inngest/" },
      to: { path: npm("inngest"), pathNot: "^inngest/" },
    },
    {
      name: "modules-meet-in-services",
      comment: "A module reaches another one through its service.ts.",
      severity: "error",
      from: { path: "^server/modules/([^/]+)/", pathNot: test },
      to: { path: "^server/modules/([^/]+)/", pathNot: ["^server/modules/$1/", "^server/modules/[^/]+/service[.]ts$"] },
    },
    {
      name: "executors-only-in-inngest",
      comment: "Steps are executed by inngest/ alone.",
      severity: "error",
      from: { pathNot: ["^(inngest|steps)/", test] },
      to: { path: "^steps/(executors[.]ts|[^/]+/execute[.]ts)$" },
    },
    {
      name: "no-test-code-in-product",
      comment: "Product code never needs the test kit.",
      severity: "error",
      from: { pathNot: [test, "^(tests|e2e|scripts/(bench|test))(/|[.])", "^(vitest|playwright)[.]config[.]ts$"] },
      to: { path: ["^(tests|e2e)/", test, ...npm("vitest", "fast-check", "@playwright/test")] },
    },
    {
      name: "no-cycles",
      comment: "Move what both need to a third file.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "no-drawers",
      comment: "Name the file after the concept that it holds.",
      severity: "error",
      from: {},
      to: { path: "(^|/)(utils?|helpers?|common|misc|manager)([.]tsx?$|/)", pathNot: "node_modules" },
    },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "declared-packages-only",
      comment: "Add the package to package.json.",
      severity: "error",
      from: { pathNot: "^scripts/db/" },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules|server/db/generated" },
    exclude: { path: "^([.]next|build|[.]data)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json", ".css"],
    },
  },
};
