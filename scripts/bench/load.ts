import autocannon from "autocannon";

export interface Measured {
  /** That were answered well. */
  runs: number;
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  failed: number;
}

/** POSTs to a webhook that answers with the run's output, for some seconds; only 200 counts. */
export async function measureLoad(
  url: string,
  { connections, seconds }: { connections: number; seconds: number },
): Promise<Measured> {
  const times: number[] = [];
  let failed = 0;
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const load = autocannon(
      {
        url,
        method: "POST",
        connections,
        duration: seconds,
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ amount: 7, email: "jane@acme.com" }),
      },
      (error: Error | null, done) => {
        if (error) reject(error);
        else resolve(done);
      },
    );
    load.on("response", (_client, status, _bytes, responseTime) => {
      if (status === 200) times.push(responseTime);
      else failed += 1;
    });
  });
  times.sort((left, right) => left - right);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return {
    runs: times.length,
    perSecond: times.length / result.duration,
    p50: at(0.5),
    p99: at(0.99),
    failed: failed + result.errors,
  };
}
