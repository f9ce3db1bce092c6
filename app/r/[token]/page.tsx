import type { Metadata } from "next";
import { TrackingScreen } from "@/components/requests/tracking-screen";
import { TrpcProvider } from "@/components/trpc";

export const metadata: Metadata = {
  title: "Your request",
  referrer: "no-referrer",
  robots: { index: false, follow: false },
};

/** Where whoever asked for something from outside follows it. */
export default async function Page({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  return (
    <TrpcProvider>
      <TrackingScreen token={token} />
    </TrpcProvider>
  );
}
