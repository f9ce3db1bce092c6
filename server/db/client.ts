import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient, type Prisma } from "@/server/db/generated/client";
import { env } from "@/server/env";
import { processWide } from "@/server/process-wide";
import { openPool } from "./open-pool";

export type { Prisma, PrismaClient };

/** Connections Prisma may hold: most of as many as the hot path, whose pool is its own, and eight at most. */
const maxConnections = (): number => Math.min(8, env().HOLDPOINT_DATABASE_CONNECTIONS - 2);

const client = processWide<PrismaClient>("prisma");

/** The process's Prisma client, opened on first use. Only `repository.ts` files and server/db use it. */
export function prisma(): PrismaClient {
  client.value ??= new PrismaClient({
    adapter: new PrismaPg(openPool(maxConnections()), { disposeExternalPool: true }),
  });
  return client.value;
}

export async function closePrisma(): Promise<void> {
  const closing = client.value;
  client.value = undefined;
  await closing?.$disconnect();
}
