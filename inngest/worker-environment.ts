/**
 * The SDK reads `process.env` on every call, and each read goes through the operating system: a plain object with the same
 * values costs nothing. Done once, before the SDK is loaded.
 */
export function freezeEnvironment(): void {
  process.env = { ...process.env };
}
