/** A file to keep, written while it is sent. `name` has only letters that every header takes. */
export function textFile(name: string, type: string, pieces: AsyncGenerator<string, void>): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await pieces.next();
        if (next.done) controller.close();
        else controller.enqueue(encoder.encode(next.value));
      },
      cancel: () => void pieces.return(),
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { headers: fileHeaders(name, type) });
}

/** Of an answer that is kept as a file. */
export function fileHeaders(name: string, type: string): Record<string, string> {
  return {
    "content-type": type,
    "content-disposition": `attachment; filename="${name}"`,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  };
}
