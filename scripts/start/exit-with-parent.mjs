// Preloaded into every supervised process: when `npm start` is gone, even by kill -9, its processes must not stay behind.
import { isMainThread } from "node:worker_threads";

if (isMainThread && process.channel) {
  process.on("disconnect", () => {
    process.kill(process.pid, "SIGTERM");
    // As long as the supervisor would have given.
    setTimeout(() => process.exit(1), 20_000).unref();
  });
  process.channel.unref();
}
