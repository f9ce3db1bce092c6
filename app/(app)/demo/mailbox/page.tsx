import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { MailboxScreen } from "@/components/mailbox/mailbox-screen";
import { env } from "@/server/env";

export const metadata: Metadata = { title: "Demo mailbox" };

export default function Page() {
  if (!env().HOLDPOINT_DEMO) notFound();
  return <MailboxScreen />;
}
