import type { Query, QueryClient } from "@tanstack/react-query";

/** A query is asked again at most this often because of news, ms. */
const everyMs = 1_000;

/**
 * Asks again for queries that news made stale: those on screen at once, but each at most once a second, and once more after the
 * last news; the others when they are shown. An answer under way may be older than the news, so it is waited for, never cut off.
 */
export function createLiveRefresh(queryClient: QueryClient) {
  const asked = new WeakMap<Query, number>();
  const due = new Map<Query, ReturnType<typeof setTimeout>>();

  const plan = (query: Query): void => {
    if (due.has(query)) return;
    const waitMs = Math.max(0, (asked.get(query) ?? 0) + everyMs - Date.now());
    due.set(
      query,
      setTimeout(() => {
        due.delete(query);
        ask(query);
      }, waitMs),
    );
  };

  const ask = (query: Query): void => {
    asked.set(query, Date.now());
    if (query.state.fetchStatus === "fetching") {
      plan(query);
      return;
    }
    query.invalidate();
    if (query.isActive())
      void queryClient.refetchQueries(
        { queryKey: query.queryKey, exact: true, type: "active" },
        { cancelRefetch: false },
      );
  };

  return {
    news(isStale: (queryKey: readonly unknown[]) => boolean): void {
      for (const query of queryClient.getQueryCache().findAll({ predicate: ({ queryKey }) => isStale(queryKey) })) {
        if (query.isActive()) plan(query);
        else query.invalidate();
      }
    },
    stop(): void {
      for (const timer of due.values()) clearTimeout(timer);
      due.clear();
    },
  };
}
