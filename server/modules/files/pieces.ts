import { AppError } from "@/core/errors";

/** The most that one row of `file_chunks` holds. */
const pieceBytes = 512_000;

/** A stream in pieces of half a megabyte, the last one smaller; ends with `tooLarge` at the byte that is too much. */
export async function* pieces(
  stream: ReadableStream<Uint8Array>,
  limit: number,
  tooLarge: () => AppError,
): AsyncGenerator<Uint8Array, void> {
  const reader: ReadableStreamDefaultReader<Uint8Array> = stream.getReader();
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let total = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => cutOff());
      if (done) break;
      total += value.length;
      if (total > limit) throw tooLarge();
      held.push(value);
      heldBytes += value.length;
      if (heldBytes < pieceBytes) continue;
      const whole = Buffer.concat(held);
      let from = 0;
      for (; from + pieceBytes <= whole.length; from += pieceBytes) yield whole.subarray(from, from + pieceBytes);
      held = [whole.subarray(from)];
      heldBytes = whole.length - from;
    }
    if (heldBytes > 0) yield Buffer.concat(held);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function cutOff(): never {
  throw new AppError("bad_request", "The file did not arrive as a whole. Add it again.");
}
