import type { Metadata } from "next";
import { RequestsScreen } from "@/components/requests/requests-screen";

export const metadata: Metadata = { title: "Start a request" };

export default function Page() {
  return <RequestsScreen />;
}
