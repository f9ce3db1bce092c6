import { shownInline } from "@/core/file-types";
import { disposition } from "./file-name";
import { readChunks, type StoredFile } from "./store";

/**
 * A file on its way to whoever may open it: kept rather than shown, apart from pictures, and whatever is in it, the browser runs nothing of it.
 * Read from the database as fast as it is taken.
 */
export function sendFile({ id, name, type, size }: Pick<StoredFile, "id" | "name" | "type" | "size">): Response {
  const chunks = readChunks(id);
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await chunks.next();
        if (next.done) controller.close();
        else controller.enqueue(next.value);
      },
      cancel: () => void chunks.return(),
    },
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: {
      "content-type": type,
      "content-length": String(size),
      "content-disposition": disposition(shownInline.has(type) ? "inline" : "attachment", name),
      "content-security-policy": "default-src 'none'; sandbox",
      "cross-origin-resource-policy": "same-origin",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-robots-tag": "noindex, nofollow, noarchive",
    },
  });
}
