import type { Metadata } from "next";
import { WorkflowScreen } from "@/components/workflows/workflow-screen";

export const metadata: Metadata = { title: "Workflow" };

export default async function Page({ params }: { params: Promise<{ slug: string }> }) {
  return <WorkflowScreen slug={decodeURIComponent((await params).slug)} />;
}
