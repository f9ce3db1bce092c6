import type { Metadata } from "next";
import { FormPageScreen } from "@/components/intake/form-page-screen";
import { IntakeScreen } from "@/components/intake/intake-screen";
import { TrpcProvider } from "@/components/trpc";
import { isFormPage } from "@/server/modules/runs/service";

export const metadata: Metadata = { title: "Form", referrer: "no-referrer", robots: { index: false, follow: false } };

/** Intake forms, and the pages of forms that a run asks. */
export default async function Page({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  return (
    <TrpcProvider>{isFormPage(token) ? <FormPageScreen token={token} /> : <IntakeScreen token={token} />}</TrpcProvider>
  );
}
