import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient, type Prisma } from "@/server/db/generated/client";
import { openPool } from "./open-pool";

export type { Prisma, PrismaClient };

/** Connections Prisma may hold; the hot path has its own pool. */
const maxConnections = 8;

declare global {
  // Hot reload loads this file again: the client must live outside the module.
  var holdpointPrisma: PrismaClient | undefined;
}

/** The process's Prisma client, opened on first use. Only `repository.ts` files and server/db use it. */
export function prisma(): PrismaClient {
  globalThis.holdpointPrisma ??= new PrismaClient({
    adapter: new PrismaPg(openPool(maxConnections), { disposeExternalPool: true }),
  });
  return globalThis.holdpointPrisma;
}

export async function closePrisma(): Promise<void> {
  const client = globalThis.holdpointPrisma;
  globalThis.holdpointPrisma = undefined;
  await client?.$disconnect();
}
