import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type * as Adapters from "@prisma/driver-adapter-utils";
import type * as Engines from "@prisma/schema-engine-wasm";
import { Client } from "pg";
import { connectCatalogAdapter } from "./catalog-adapter";
import { readSchema } from "./project-files";

/** Prisma's schema engine (WebAssembly, no download) on one database. */
export async function withSchemaEngine<T>(url: string, use: (engine: Engines.SchemaEngine) => Promise<T>): Promise<T> {
  const { SchemaEngine: Engine } = await loadEngine();
  // Prisma's own dependency, resolved from the adapter so that both sides share one copy.
  const adapters = createRequire(require.resolve("@prisma/adapter-pg"))(
    "@prisma/driver-adapter-utils",
  ) as typeof Adapters;
  const open: Adapters.SqlDriverAdapter[] = [];
  const connect = async (address: string): Promise<Adapters.SqlDriverAdapter> => {
    const adapter = await connectCatalogAdapter(address);
    open.push(adapter);
    return adapter;
  };
  const factory = adapters.bindMigrationAwareSqlAdapterFactory({
    provider: "postgres",
    adapterName: "@prisma/adapter-pg",
    connect: () => connect(url),
    // The adapter's own version forgets the database name when it was given a connection string.
    connectToShadowDb: async () => await connect(await createShadowDatabase(url)),
  });
  const engine = await Engine.new({ datamodels: readSchema() }, () => undefined, factory);
  try {
    return await use(engine);
  } finally {
    engine.free();
    await Promise.all(open.map((adapter) => adapter.dispose()));
  }
}

/** Only asked for by comparisons, which run on a scratch server: it goes when the server goes. */
async function createShadowDatabase(url: string): Promise<string> {
  const name = `shadow_${randomBytes(8).toString("hex")}`;
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}

const require = createRequire(import.meta.url);

type EngineModule = typeof Engines & { __wbg_set_wasm(exports: WebAssembly.Exports): void };

let loaded: Promise<EngineModule> | undefined;

function loadEngine(): Promise<EngineModule> {
  loaded ??= instantiate();
  return loaded;
}

/** The package imports its .wasm like a bundler would; Node 20 cannot, so the module is wired by hand. */
async function instantiate(): Promise<EngineModule> {
  const folder = dirname(require.resolve("@prisma/schema-engine-wasm"));
  const bindings = (await import(
    /* @vite-ignore */ pathToFileURL(join(folder, "schema_engine_bg.js")).href
  )) as EngineModule;
  const bytes = readFileSync(join(folder, "schema_engine_bg.wasm"));
  // The generated bindings are exactly the imports that the module asks for.
  const imports = { "./schema_engine_bg.js": bindings as unknown as WebAssembly.ModuleImports };
  const { instance } = await WebAssembly.instantiate(bytes, imports);
  bindings.__wbg_set_wasm(instance.exports);
  // Where the engine leaves the message when it panics.
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: console.error } });
  // Every WebAssembly export that is a function takes and gives plain numbers; this one takes and gives nothing.
  (instance.exports.__wbindgen_start as () => void)();
  return bindings;
}
