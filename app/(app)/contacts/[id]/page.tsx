import type { Metadata } from "next";
import { ContactScreen } from "@/components/contacts/contact-screen";

export const metadata: Metadata = { title: "Contact" };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <ContactScreen id={decodeURIComponent((await params).id)} />;
}
