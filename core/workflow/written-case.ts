/** How a case is written when its edge does not remember otherwise: documents of some dialects leave `out` away. */
export function writtenCase(handle: string, omitOut: boolean): string | undefined {
  return omitOut && handle === "out" ? undefined : handle;
}
