import type { Metadata } from "next";
import { ConsoleScreen } from "@/components/console/console-screen";

export const metadata: Metadata = { title: "Conversations" };

export default function Page() {
  return <ConsoleScreen />;
}
