import type { Metadata } from "next";
import { RuleScreen } from "@/components/approver-rules/rule-screen";
import { getSessionActor } from "@/server/auth/session";

export const metadata: Metadata = { title: "Approver rules" };

export default async function Page({ params }: { params: Promise<{ key: string }> }) {
  const actor = await getSessionActor();
  const { key } = await params;
  return (
    <RuleScreen
      ruleKey={decodeURIComponent(key)}
      mayWrite={actor?.scopes.has("workflows:write") === true}
      mayPublish={actor?.scopes.has("members:manage") === true}
    />
  );
}
