import type { Metadata } from "next";
import { StartScreen } from "@/components/requests/start-screen";

export const metadata: Metadata = { title: "Start a request" };

export default function Page() {
  return <StartScreen />;
}
