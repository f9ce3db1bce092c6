// "Who may import whom", default deny: a folder may import what its line allows and nothing else. ARCHITECTURE.md explains it.

import { folders, npm } from "./scripts/check/folders.mjs";
import { layers, test } from "./scripts/check/layers.mjs";

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
          "^(app|channels|components|connectors|core|e2e|inngest|prisma|scripts|server|steps|tests|triggers|node_modules|[.]next)/|^[^/]+$",
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
        path: "^(app|channels|components|server|inngest|steps|triggers|connectors|core)/",
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
        path: "^(app|channels|components|server|inngest|steps|triggers|connectors|core)/",
        pathNot: ["(^|/)(store|listener)[.]ts$", "^server/db/", test],
      },
      to: { path: npm("pg"), dependencyTypesNot: ["type-only"] },
    },
    {
      name: "links-fetch-when-meant",
      comment:
        "next/link fetches every page that is in sight: components/ui/link.tsx waits until somebody is about to go there.",
      severity: "error",
      from: { pathNot: "^components/ui/link[.]tsx$" },
      to: { path: "node_modules/next/link[.]" },
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
