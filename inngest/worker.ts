import { freezeEnvironment } from "./worker-environment";

freezeEnvironment();

const { runWorker } = await import("./run-worker");
await runWorker();
