import type { Metadata } from "next";
import { MyRequestsScreen } from "@/components/requests/my-requests-screen";

export const metadata: Metadata = { title: "My requests" };

export default function Page() {
  return <MyRequestsScreen />;
}
