import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate, inflateRaw, type ZlibOptions } from "node:zlib";

type Unpacker = (bytes: Uint8Array, options: ZlibOptions) => Promise<Buffer>;

const unpackers: Readonly<Record<string, Unpacker>> = {
  gzip: promisify<Uint8Array, ZlibOptions, Buffer>(gunzip),
  "x-gzip": promisify<Uint8Array, ZlibOptions, Buffer>(gunzip),
  deflate: unpackDeflate,
  br: promisify<Uint8Array, ZlibOptions, Buffer>(brotliDecompress),
};

/** Said by a `Content-Encoding` that nobody here can read. */
export class UnknownEncodingError extends Error {
  override readonly name = "UnknownEncodingError";
  constructor(readonly encoding: string) {
    super(`The body is packed as "${encoding}".`);
  }
}

/** More came out than is allowed. */
export class UnpackedTooLargeError extends Error {
  override readonly name = "UnpackedTooLargeError";
  constructor(readonly limit: number) {
    super(`More than ${String(limit)} bytes came out.`);
  }
}

/**
 * A body without its `Content-Encoding`. The limit, in bytes, holds for what comes out, so that a small bomb cannot
 * become a big string; nothing stays nothing. Throws the two errors above, or zlib's when the body is damaged.
 */
export async function unpack(bytes: Uint8Array, contentEncoding: string, limit: number): Promise<Uint8Array> {
  const encodings = contentEncoding
    .split(",")
    .map((each) => each.trim().toLowerCase())
    .filter((each) => each !== "" && each !== "identity");
  let unpacked = bytes;
  for (const encoding of encodings.reverse()) {
    const unpacker = Object.hasOwn(unpackers, encoding) ? unpackers[encoding] : undefined;
    if (unpacker === undefined) throw new UnknownEncodingError(encoding.slice(0, 40));
    if (unpacked.length === 0) return unpacked;
    unpacked = await unpacker(unpacked, { maxOutputLength: limit }).catch((error: unknown) => {
      throw isCode(error, "ERR_BUFFER_TOO_LARGE") ? new UnpackedTooLargeError(limit) : error;
    });
  }
  return unpacked;
}

/** What is called deflate is sent with and without its frame. */
async function unpackDeflate(bytes: Uint8Array, options: ZlibOptions): Promise<Buffer> {
  try {
    return await promisify<Uint8Array, ZlibOptions, Buffer>(inflate)(bytes, options);
  } catch (error) {
    if (!isCode(error, "Z_DATA_ERROR")) throw error;
    return promisify<Uint8Array, ZlibOptions, Buffer>(inflateRaw)(bytes, options);
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
