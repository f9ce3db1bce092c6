// Who may import whom, a line for each kind of file: part of the import rules of .dependency-cruiser.mjs.

export const npm = (...names) => names.map((name) => `^node_modules/${name}(/|$)`);

const builtin = "^(node:)?[a-z_/]+$";
const sharedTrigger = "^triggers/(?!definitions|editors|run-words)[a-z-]+[.]ts$";
const sharedStep = "^steps/(?!definitions|executors|forms|consequences)[a-z-]+[.]ts$";
const sharedConnector = "^connectors/(?!definitions|clients|executors)[a-z-]+[.]ts$";
const sharedAuth = "^connectors/auth/(?!definitions|connection-schemas)[a-z-]+[.]ts$";
const sharedChannel = "^channels/(?!definitions|senders)[a-z-]+[.]ts$";
const react = npm("react", "react-dom", "next", "next-auth", "@types/react", "@types/react-dom");
const componentPackages = npm(
  ..."@base-ui @xyflow elkjs lucide-react clsx sonner @tanstack @trpc zod temporal-polyfill croner @cfworker/json-schema @fontsource-variable @codemirror @lezer @dnd-kit diff zustand".split(
    " ",
  ),
);

/** name, files it is about, what they may import, where the code belongs instead. */
export const folders = [
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
    "^steps/(definitions|executors|forms|consequences)[.]ts$",
    ["^core/", "^steps/", "^(connectors|channels)/definitions[.]ts$", ...npm("zod", "server-only")],
    "The registries only list the step folders.",
  ],
  [
    "trigger-definition",
    "^triggers/([^/]+)/(?!start)[^/]+[.]ts$",
    ["^core/", "^triggers/$1/(?!start)[^/]+[.]ts$", sharedTrigger, ...npm("zod")],
    "A trigger's definition is read by browser and server: it knows core only.",
  ],
  [
    "trigger-start",
    "^triggers/([^/]+)/start[.]ts$",
    ["^core/", "^triggers/$1/[^/]+[.]ts$", sharedTrigger],
    "What arrived becomes a start by a pure function; the transaction around it belongs to server.",
  ],
  [
    "trigger-editor",
    "^triggers/([^/]+)/[^/]+[.]tsx$",
    [
      "^core/",
      "^triggers/$1/(?!start)",
      sharedTrigger,
      "^components/(ui|fields|runs)/",
      "^components/trpc[.]tsx$",
      "^components/builder/(state|fields|expression|trigger-parts)/",
      ...react,
      ...npm("lucide-react", "@tanstack"),
    ],
    "The inside of a trigger's card is made of parts below the builder's tabs.",
  ],
  [
    "trigger-shared",
    sharedTrigger,
    ["^core/", sharedTrigger, ...npm("zod")],
    "What several triggers share knows core only.",
  ],
  [
    "trigger-registries",
    "^triggers/(definitions|editors|run-words)[.]ts$",
    ["^core/", "^triggers/", "^components/builder/trigger-parts/"],
    "The registries only list the trigger folders.",
  ],
  [
    "auth-definition",
    "^connectors/auth/([^/]+)/[^/]+[.]ts$",
    ["^core/", "^connectors/auth/$1/", sharedAuth, ...npm("zod")],
    "A way to authenticate is read by browser and server: it knows core only.",
  ],
  [
    "auth-shared",
    sharedAuth,
    ["^core/", sharedAuth, ...npm("zod")],
    "What several ways to authenticate share knows core only.",
  ],
  [
    "auth-registries",
    "^connectors/auth/(definitions|connection-schemas)[.]ts$",
    ["^core/", "^connectors/auth/", ...npm("zod")],
    "The registry only lists the folders beside it, and the schemas of a connection are made from it.",
  ],
  [
    "connector-definition",
    "^connectors/(?!auth/)([^/]+)/(?!client)[^/]+[.]ts$",
    ["^core/", "^connectors/$1/(?!client)", sharedConnector, ...npm("zod")],
    "A connector's definition is read by browser and server: it knows core only.",
  ],
  [
    "connector-client",
    "^connectors/(?!auth/)([^/]+)/client[.]ts$",
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
    "channel-definition",
    "^channels/([^/]+)/(?!send)[^/]+[.]ts$",
    ["^core/", "^channels/$1/(?!send)", sharedChannel],
    "A channel's definition is read by browser and server: it knows core only.",
  ],
  [
    "channel-send",
    "^channels/([^/]+)/send[.]ts$",
    ["^core/", "^channels/$1/", sharedChannel],
    "A channel reaches the world through the ports it is given.",
  ],
  ["channel-shared", sharedChannel, ["^core/", sharedChannel], "What several channels share knows core only."],
  [
    "channel-registries",
    "^channels/(definitions|senders)[.]ts$",
    ["^core/", "^channels/"],
    "The registries only list the channel folders.",
  ],
  [
    "components",
    "^components/",
    [
      "^components/",
      "^core/",
      "^steps/(definitions|forms)[.]ts$",
      "^steps/[^/]+/(definition|form)[.]ts$",
      "^triggers/((definitions|editors|run-words)[.]ts|[^/]+/(definition[.]ts|editor[.]tsx))$",
      "^connectors/(definitions[.]ts|[^/]+/definition[.]ts)$",
      "^connectors/auth/(definitions|connection-schemas)[.]ts$",
      "^channels/definitions[.]ts$",
      "^server/routes/root[.]ts$",
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
      "^triggers/definitions[.]ts$",
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
      "^steps/((definitions|consequences)[.]ts|[^/]+/definition[.]ts)$",
      "^triggers/(definitions[.]ts|[^/]+/(definition|start)[.]ts)$",
      sharedTrigger,
      "^connectors/",
      "^channels/(definitions|senders)[.]ts$",
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
