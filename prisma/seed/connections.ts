import { newId } from "@/core/ids";
import { keyRing } from "@/server/auth/key-ring";
import { prisma } from "@/server/db/client";
import { connectionContext } from "@/server/integrations/secrets/key-ring";
import { demoConnection } from "@/server/sandbox/demo-sandbox";

const connections = [
  { slug: "identity", name: "Identity service" },
  { slug: "aml", name: "AML screening" },
  { slug: "stripe", name: "Stripe" },
  { slug: "shopify", name: "Shopify" },
] as const;

/** Connections to the sandbox at the address this instance has now. */
export async function seedConnections(organizationId: string): Promise<void> {
  for (const { slug, name } of connections) {
    const { baseUrl, token } = demoConnection(slug);
    const known = await prisma().connection.findUnique({
      where: { organizationId_slug: { organizationId, slug } },
      select: { id: true },
    });
    const id = known?.id ?? newId();
    const secretSealed = keyRing().seal(
      JSON.stringify({ type: "bearer", token }),
      connectionContext(organizationId, id),
    );
    await prisma().connection.upsert({
      where: { organizationId_slug: { organizationId, slug } },
      create: { id, organizationId, slug, connector: slug, name, baseUrl, authType: "bearer", secretSealed },
      update: { baseUrl, secretSealed },
    });
  }
}
