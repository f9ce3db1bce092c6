import type { Metadata } from "next";
import { cookies } from "next/headers";
import { notFound } from "next/navigation";
import { KitPage } from "@/components/kit/kit-page";
import { readTheme, themeCookie } from "@/components/ui/theme";
import { env } from "@/server/env";

export const metadata: Metadata = { title: "Design kit" };

export default async function Page() {
  const { NODE_ENV, HOLDPOINT_DEV_KIT } = env();
  if (NODE_ENV === "production" && !HOLDPOINT_DEV_KIT) notFound();
  return <KitPage theme={readTheme((await cookies()).get(themeCookie)?.value)} />;
}
