import type { Json } from "@/core/json";
import { jsonPieces } from "@/core/json-text";
import { slugOf } from "@/core/slug-of";

const pieceSize = 64_000;

/** A value as a file to keep, written while it is sent. `name`: in people's words, made fit for a file. */
export function jsonFile(name: string, value: Json): Response {
  const pieces = jsonPieces(value);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      let text = "";
      while (text.length < pieceSize) {
        const next = pieces.next();
        if (next.done) {
          if (text !== "") controller.enqueue(encoder.encode(text));
          controller.close();
          return;
        }
        text += next.value;
      }
      controller.enqueue(encoder.encode(text));
    },
    cancel: () => void pieces.return(),
  });
  return new Response(body, {
    headers: {
      "content-type": "application/json; charset=utf-8",
      "content-disposition": `attachment; filename="${fileName(name)}.json"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
}

/** Letters that every header and file system takes. */
function fileName(name: string): string {
  return slugOf(name, "-", 100) || "value";
}
