import type { Metadata } from "next";
import { IntakeScreen } from "@/components/intake/intake-screen";
import { TrpcProvider } from "@/components/trpc";

export const metadata: Metadata = { title: "Form", robots: { index: false } };

export default async function Page({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  return (
    <TrpcProvider>
      <IntakeScreen token={token} />
    </TrpcProvider>
  );
}
