// The order of folders: part of the import rules of .dependency-cruiser.mjs.

export const test = "[.](test|testkit|bench)[.]tsx?$";

/** Folders from high to low, a line each: a folder may import itself and those of lower lines. Folders of one line do not know each other. */
const componentLayers = [
  "kit",
  "account activity approver-rules builder console contacts decision home intake landing mailbox requests sign-in",
  "inbox workflows",
  "conversation library",
  "connections people runs",
  "changes fields graph shell",
  // The tRPC client itself stands beside the folders, where every page finds it.
  "data|trpc[.]tsx",
  "ui",
];
const coreLayers = [
  "contracts",
  "ports[.]ts",
  "engine",
  "directory[.]ts",
  "workflow",
  "expression",
  "approver-rules schedule schema",
  "(?!ports|directory)[^/]+[.]ts",
];
const serverLayers = [
  "web|web[.]ts",
  // Every router and route of the product, one line each.
  "routes",
  "modules sandbox",
  // What routers and routes are made of.
  "api",
  "auth",
  "apart",
  "http",
  "integrations",
  "db",
  "(?!web)[^/]+[.]ts",
];
const moduleLayers = [
  "console decision-links form-files notices",
  "inbox",
  "conversations evidence library repairs retention testing triggers",
  "approver-rules contacts mailbox requests webhooks",
  "absences approvals events legal-holds",
  "drafts runs",
  "api-keys calendars workflows",
  "audit connections deliveries directory files members organizations sessions",
];
const builderLayers = [
  "versions",
  "configuration json publish test triggers",
  "outline",
  "canvas",
  "palette",
  "step",
  "designers trigger-parts",
  "fields",
  "expression",
  "problems",
  "state",
];

/** The rules of such an order, types included, tests aside. A folder that stands in no line may import nothing of `root` and is imported by nothing. */
function layered(name, root, lines) {
  const under = (folders) => `^${root}/(${folders.join("|")})(/|$)`;
  const names = lines.map((line) => line.split(" "));
  const advice =
    "Put it into the lowest folder that needs it, or hand it in from above: as an argument, a prop or a context.";
  return [
    ...names.flatMap((line, place) =>
      line.map((folder) => ({
        name: `${name}-${/[a-z-]+/.exec(folder)?.[0] ?? ""}-layer`,
        comment: advice,
        severity: "error",
        from: { path: under([folder]), pathNot: test },
        to: { path: `^${root}/`, pathNot: under([folder, ...names.slice(place + 1).flat()]) },
      })),
    ),
    {
      name: `${name}-known-folders-only`,
      comment: "A new folder takes its line in the order in scripts/check/layers.mjs.",
      severity: "error",
      from: { path: `^${root}/[^/]+/`, pathNot: [under(names.flat()), test] },
      to: { path: `^${root}/` },
    },
  ];
}

export const layers = [
  ...layered("components", "components", componentLayers),
  ...layered("builder", "components/builder", builderLayers),
  ...layered("core", "core", coreLayers),
  ...layered("server", "server", serverLayers),
  ...layered("modules", "server/modules", moduleLayers),
];
