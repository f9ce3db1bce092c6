import type { Metadata } from "next";
import { StartRequestScreen } from "@/components/requests/start-request-screen";

export const metadata: Metadata = { title: "Start a request" };

export default async function Page({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  return <StartRequestScreen slug={slug} />;
}
