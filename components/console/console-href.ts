export type ConsoleView = "open" | "closed";

/** The address of the queue with one of its conversations open. */
export function consoleHref(view: ConsoleView, id: string | null): string {
  const query = new URLSearchParams();
  if (view === "closed") query.set("view", view);
  if (id !== null) query.set("id", id);
  return query.size === 0 ? "/conversations" : `/conversations?${query.toString()}`;
}
