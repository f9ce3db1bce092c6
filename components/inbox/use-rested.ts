import { useEffect, useState } from "react";

/** How long something has stood there before a decision about it counts, ms: a key that was meant for what stood there before does nothing. */
export const restMs = 800;

/** Whether what is shown has been the very same for long enough to be decided on. */
export function useRested(shown: unknown): boolean {
  const [rested, setRested] = useState<unknown>(null);
  useEffect(() => {
    const timer = setTimeout(() => setRested(() => shown), restMs);
    return () => clearTimeout(timer);
  }, [shown]);
  return rested === shown;
}
