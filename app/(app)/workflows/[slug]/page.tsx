import type { Metadata } from "next";
import { WorkflowBuilder } from "@/components/builder/workflow-builder";

export const metadata: Metadata = { title: "Workflow" };

export default async function Page({ params }: { params: Promise<{ slug: string }> }) {
  return <WorkflowBuilder slug={decodeURIComponent((await params).slug)} />;
}
