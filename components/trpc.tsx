"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { useState, type ReactNode } from "react";
import { maxBatchedCalls, plainJson } from "@/core/contracts/trpc-wire";
import type { AppRouter } from "@/server/api/root";

const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();
export { useTRPC, useTRPCClient };

const url = "/api/trpc";
const staleMs = 5_000;

/** Gives the pages below it `useTRPC()`. */
export function TrpcProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(createQueryClient);
  const [trpcClient] = useState(createClient);
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}

function createClient() {
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: httpSubscriptionLink({ url, transformer: plainJson }),
        false: httpBatchLink({ url, transformer: plainJson, maxURLLength: 2_000, maxItems: maxBatchedCalls }),
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
