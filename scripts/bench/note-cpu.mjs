import { writeFileSync } from "node:fs";
import { Session } from "node:inspector";
import { basename, join } from "node:path";

// Loaded before a process of the product when it is profiled: notes where its time goes, and writes that down at its end.
const session = new Session();
session.connect();
session.post("Profiler.enable");
session.post("Profiler.setSamplingInterval", { interval: 500 });
session.post("Profiler.start");
process.once("exit", () => {
  session.post("Profiler.stop", (error, result) => {
    if (error) return;
    const name = `${basename(process.argv[1] ?? "node")}-${process.pid}.cpuprofile`;
    writeFileSync(join(process.env.HOLDPOINT_PROFILE_DIR ?? ".", name), JSON.stringify(result.profile));
  });
});
