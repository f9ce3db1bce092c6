import type { Metadata } from "next";
import { NotificationScreen } from "@/components/account/notification-screen";
import { getSessionActor } from "@/server/auth/session";

export const metadata: Metadata = { title: "Notifications" };

export default async function Page() {
  const actor = await getSessionActor();
  return <NotificationScreen email={actor?.email ?? null} />;
}
