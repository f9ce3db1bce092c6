import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { MyRequestScreen } from "@/components/requests/my-request-screen";
import { readId } from "@/core/ids";

export const metadata: Metadata = { title: "Request" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  // Where requests were started before: people keep such addresses.
  if (readId("run", decodeURIComponent(id)) === null) redirect(`/requests/start/${id}`);
  return <MyRequestScreen id={id} />;
}
