import type { Metadata } from "next";
import { DecisionScreen } from "@/components/decision/decision-screen";
import { TrpcProvider } from "@/components/trpc";

export const metadata: Metadata = {
  title: "Decision",
  robots: { index: false, follow: false },
  referrer: "no-referrer",
};

/** Nothing is looked up here: whoever only fetches the page learns and changes nothing. */
export default async function Page({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  return (
    <TrpcProvider>
      <DecisionScreen token={token} />
    </TrpcProvider>
  );
}
