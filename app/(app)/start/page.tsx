import { redirect } from "next/navigation";
import { getSessionActor } from "@/server/auth/session";

/** Where everybody begins who asked for no page: those who only decide, at what waits for them. */
export default async function Page() {
  const actor = await getSessionActor();
  redirect(actor?.role === "approver" ? "/inbox" : "/home");
}
