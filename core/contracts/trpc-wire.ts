/**
 * How the browser's calls go over the wire, for both ends: as plain JSON. What procedures take and give is JSON already
 * (times are ISO texts), and a serializer with ideas of its own refuses stored data that it finds suspicious.
 */
export const plainJson = {
  serialize: (value: unknown): unknown => value,
  deserialize: (value: unknown): unknown => value,
};

/** The most calls in one request. */
export const maxBatchedCalls = 30;
