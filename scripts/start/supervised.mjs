// Preloaded into every supervised process. When `npm start` is gone, even by kill -9, its processes must not stay behind; and while it
// is there, it hears every second that this one still turns.
import { isMainThread } from "node:worker_threads";

if (isMainThread && process.channel) {
  process.on("disconnect", () => {
    process.kill(process.pid, "SIGTERM");
    // As long as the supervisor would have given.
    setTimeout(() => process.exit(1), 20_000).unref();
  });
  setInterval(() => {
    // The supervisor may be gone in just this moment; then there is nobody to tell.
    if (process.connected) process.send("beat", undefined, undefined, () => undefined);
  }, 1_000).unref();
  process.channel.unref();
}
