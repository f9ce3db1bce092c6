const minuteMs = 60_000;
const mostRemembered = 10_000;

/** True for the first call with a key in a minute: keeps acts that anybody can repeat from flooding the audit log. */
export function createMinuteGate(): (key: string, now?: number) => boolean {
  const passed = new Map<string, number>();
  return (key, now = Date.now()) => {
    if (now - (passed.get(key) ?? -minuteMs) < minuteMs) return false;
    if (passed.size >= mostRemembered) passed.clear();
    passed.set(key, now);
    return true;
  };
}
