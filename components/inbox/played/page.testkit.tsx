import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { act, useSyncExternalStore, type ComponentProps, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { vi } from "vitest";
import type { AppRouter } from "@/server/routes/root";
import type { PlayedServer } from "./server.testkit";

const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();
/** In the place of the product's own: the same hooks, with the client of a played server. */
export const playedTrpc = { useTRPC, useTRPCClient };

/** The address, as the page reads and changes it. */
const address = { query: "", listeners: new Set<() => void>() };
function goTo(href: string): void {
  address.query = new URL(href, "http://holdpoint.test").search;
  for (const listener of address.listeners) listener();
}
const subscribe = (listener: () => void): (() => void) => {
  address.listeners.add(listener);
  return () => address.listeners.delete(listener);
};
const readQuery = (): string => address.query;

export const playedNavigation = {
  useRouter: () => ({ replace: goTo, push: goTo }),
  useSearchParams: () => new URLSearchParams(useSyncExternalStore(subscribe, readQuery, readQuery)),
};

type LinkProps = Omit<ComponentProps<"a">, "href"> & { href: string; scroll?: boolean; replace?: boolean };

export function PlayedLink({ href, children, scroll: _scroll, replace: _replace, ...rest }: LinkProps): ReactNode {
  return (
    <a
      {...rest}
      href={href}
      onClick={(event) => {
        event.preventDefault();
        goTo(href);
      }}
    >
      {children}
    </a>
  );
}

export interface Seen {
  at: number;
  /** The headline of what is open. */
  headline: string | null;
}

export type PlayedPage = Awaited<ReturnType<typeof openPlayedPage>>;

/** A page in a drawn document, a person at its keys, and a note of what stood there since when. */
export async function openPlayedPage(server: PlayedServer, screen: ReactNode) {
  address.query = "";
  const queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: 5_000, retry: false } } });
  const place = document.createElement("div");
  document.body.replaceChildren(place);
  const seen: Seen[] = [];
  const look = (): void => {
    const headline = document.querySelector("#open-decision h2")?.textContent ?? null;
    if (seen.at(-1)?.headline !== headline) seen.push({ at: Date.now(), headline });
  };
  const observer = new MutationObserver(look);
  observer.observe(place, { subtree: true, childList: true, characterData: true });
  const root = createRoot(place);
  const wait = (ms: number): Promise<void> => act(() => vi.advanceTimersByTimeAsync(ms).then(() => undefined));
  await act(async () => {
    root.render(
      <QueryClientProvider client={queryClient}>
        <TRPCProvider trpcClient={server.client} queryClient={queryClient}>
          {screen}
        </TRPCProvider>
      </QueryClientProvider>,
    );
    await vi.advanceTimersByTimeAsync(0);
  });
  await wait(200);

  const dispatch = async (target: EventTarget, event: Event): Promise<void> => {
    await act(async () => {
      target.dispatchEvent(event);
      await vi.advanceTimersByTimeAsync(0);
    });
    look();
  };
  return {
    seen,
    wait,
    /** The server's news: what is shown is asked for anew. */
    hear: () =>
      act(async () => {
        void queryClient.invalidateQueries();
        await vi.advanceTimersByTimeAsync(0);
      }),
    press: (key: string, more: KeyboardEventInit = {}) =>
      dispatch(
        document.activeElement ?? document.body,
        new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }),
      ),
    openCard: async (index: number) => {
      const cards = document.querySelectorAll<HTMLElement>("[data-approval]");
      const card = cards[index % Math.max(1, cards.length)];
      const link = card?.matches("a") ? card : card?.querySelector<HTMLElement>("a");
      if (link) await dispatch(link, new MouseEvent("click", { bubbles: true, cancelable: true }));
    },
    /** Writes into the window that is open, and sends it; nothing where none is. */
    sendWindow: async (text: string) => {
      const area = document.querySelector<HTMLTextAreaElement>("[role=dialog] textarea");
      if (!area) return;
      Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value")?.set?.call(area, text);
      await dispatch(area, new Event("input", { bubbles: true }));
      await dispatch(
        area,
        new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true, cancelable: true }),
      );
    },
    close: async () => {
      observer.disconnect();
      await act(async () => {
        root.unmount();
        await vi.advanceTimersByTimeAsync(0);
      });
      queryClient.clear();
    },
  };
}
