import type { Metadata } from "next";
import { ActivityScreen } from "@/components/activity/activity-screen";
import { getSessionActor } from "@/server/auth/session";

export const metadata: Metadata = { title: "Activity" };

export default async function Page() {
  const actor = await getSessionActor();
  return <ActivityScreen mayRead={actor?.scopes.has("audit:read") === true} />;
}
