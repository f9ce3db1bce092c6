import type { Json } from "@/core/json";

/** A call from a terminal, as it can be pasted into a shell. */
export function curl(url: string, headers: readonly string[], body: Json): string {
  return [
    `curl -X POST ${url}`,
    ...["Content-Type: application/json", ...headers].map((header) => `  -H '${header}'`),
    `  -d '${JSON.stringify(body).replaceAll("'", String.raw`'\''`)}'`,
  ].join(" \\\n");
}
