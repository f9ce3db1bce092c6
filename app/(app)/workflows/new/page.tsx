import type { Metadata } from "next";
import { NewAutomation } from "@/components/library/new-automation";

export const metadata: Metadata = { title: "New Automation" };

export default function Page() {
  return <NewAutomation />;
}
