import type { Metadata } from "next";
import { RunScreen } from "@/components/runs/run-screen";

export const metadata: Metadata = { title: "Run" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <RunScreen id={decodeURIComponent((await params).id)} />;
}
