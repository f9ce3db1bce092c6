import type { Metadata } from "next";
import { RequestScreen } from "@/components/requests/request-screen";

export const metadata: Metadata = { title: "Start a request" };

export default async function Page({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  return <RequestScreen slug={slug} />;
}
