import type { Metadata } from "next";
import { SecurityScreen } from "@/components/account/security-screen";
import { getSessionActor } from "@/server/auth/session";

export const metadata: Metadata = { title: "Security" };

export default async function Page() {
  const actor = await getSessionActor();
  return <SecurityScreen mayManageMembers={actor?.scopes.has("members:manage") === true} />;
}
