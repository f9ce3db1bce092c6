import { ensureInstalled } from "./install.mjs";

ensureInstalled();
const { register } = await import("tsx/esm/api");
register();
const { runAllTests } = await import("./test/main.ts");
await runAllTests();
