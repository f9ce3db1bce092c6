// `npm start` runs "exec node … || node …": with exec the shell that npm starts becomes this process, so that a signal sent
// to npm arrives here; a shell without exec (Windows) takes the second half.
import { ensureInstalled } from "./install.mjs";

ensureInstalled();
const { register } = await import("tsx/esm/api");
register();
const { start } = await import("./start/main.ts");
await start();
