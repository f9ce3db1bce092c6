"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink, httpLink, httpSubscriptionLink, splitLink } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { useState, type ReactNode } from "react";
import { PasswordDialog } from "@/components/data/password-dialog";
import { createPasswordPrompt, type PasswordPrompt } from "@/components/data/password-prompt";
import { isSentAlone } from "@/components/data/sent-alone";
import { proofLink } from "@/components/data/proof-link";
import { maxBatchedCalls, plainJson } from "@/core/contracts/trpc-wire";
import type { AppRouter } from "@/server/routes/root";

const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();
export { useTRPC, useTRPCClient };

const url = "/api/trpc";
const staleMs = 5_000;

/** Gives the pages below it `useTRPC()`. */
export function TrpcProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(createQueryClient);
  const [prompt] = useState(createPasswordPrompt);
  const [trpcClient] = useState(() => createClient(prompt));
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        {children}
        <PasswordDialog prompt={prompt} onProve={(password) => trpcClient.sessions.prove.mutate({ password })} />
      </TRPCProvider>
    </QueryClientProvider>
  );
}

function createClient(prompt: PasswordPrompt) {
  return createTRPCClient<AppRouter>({
    links: [
      proofLink(prompt),
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: httpSubscriptionLink({ url, transformer: plainJson }),
        // What is asked for stands in no address: some of it are tokens of links, and servers on the way write addresses down.
        false: splitLink({
          // What takes long to count holds nothing up that is quick to read.
          condition: isSentAlone,
          true: httpLink({ url, transformer: plainJson, methodOverride: "POST" }),
          false: httpBatchLink({ url, transformer: plainJson, methodOverride: "POST", maxItems: maxBatchedCalls }),
        }),
      }),
    ],
  });
}

function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: { queries: { staleTime: staleMs, retry: shouldRetry, refetchOnWindowFocus: true } },
  });
}

/** A refusal stays one however often it is asked for; a lost connection may come back. */
function shouldRetry(failures: number, error: unknown): boolean {
  const status = readStatus(error);
  return failures < 3 && (status === null || status >= 500);
}

function readStatus(error: unknown): number | null {
  if (typeof error !== "object" || error === null || !("data" in error)) return null;
  const { data } = error;
  return typeof data === "object" && data !== null && "httpStatus" in data && typeof data.httpStatus === "number"
    ? data.httpStatus
    : null;
}
