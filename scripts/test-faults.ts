import { runFaultTests } from "./test/faults";

await runFaultTests(process.argv.slice(2));
