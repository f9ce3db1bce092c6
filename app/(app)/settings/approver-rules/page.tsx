import type { Metadata } from "next";
import { RulesScreen } from "@/components/approver-rules/rules-screen";
import { getSessionActor } from "@/server/auth/session";

export const metadata: Metadata = { title: "Approver rules" };

export default async function Page() {
  const actor = await getSessionActor();
  return <RulesScreen mayWrite={actor?.scopes.has("workflows:write") === true} />;
}
