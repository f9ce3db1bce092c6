import { vi } from "vitest";

declare global {
  var holdpointFirstEnvironment: NodeJS.ProcessEnv | undefined;
}

// Many test files run in one thread, one after the other, because libraries take longer to load than most tests to run. Each finds what
// it would find in a process of its own: the product's modules not yet loaded, nothing of it kept globally, the variables of the start.
const first = (globalThis.holdpointFirstEnvironment ??= { ...process.env });
for (const name of Object.keys(process.env)) if (!(name in first)) Reflect.deleteProperty(process.env, name);
Object.assign(process.env, first);
for (const name of Object.keys(globalThis))
  if (name.startsWith("holdpoint") && name !== "holdpointFirstEnvironment") Reflect.deleteProperty(globalThis, name);
vi.resetModules();
