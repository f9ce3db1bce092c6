/** The real Inngest server that the suite is to run on; without one it runs on the embedded executor. */
export const inngestServer: string | undefined = process.env["INNGEST_BASE_URL"];

/** A limit in ms for what takes far less: a real server is told over HTTP, polls its queue, and tries again late. */
export const patient = (ms: number): number => (inngestServer === undefined ? ms : ms * 8);

/** Waits until `isTrue`, looking again after every change; fails loudly after a generous time. */
export async function eventually<T>(
  look: () => Promise<T>,
  isTrue: (value: T) => boolean,
  limitMs = patient(30_000),
): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    const value = await look();
    if (isTrue(value)) return value;
    if (Date.now() > end) throw new Error(`Never became true; last seen: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
