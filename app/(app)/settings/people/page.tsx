import type { Metadata } from "next";
import { PeopleScreen } from "@/components/account/people-screen";
import { getSessionActor } from "@/server/auth/session";

export const metadata: Metadata = { title: "People" };

export default async function Page() {
  const actor = await getSessionActor();
  return <PeopleScreen userId={actor?.userId ?? ""} mayManage={actor?.scopes.has("members:manage") === true} />;
}
