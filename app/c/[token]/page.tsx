import type { Metadata } from "next";
import { CustomerScreen } from "@/components/conversation/customer-screen";
import { TrpcProvider } from "@/components/trpc";

export const metadata: Metadata = { title: "Conversation", robots: { index: false } };

export default async function Page({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  return (
    <TrpcProvider>
      <CustomerScreen token={token} />
    </TrpcProvider>
  );
}
