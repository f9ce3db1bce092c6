"use client";
import dynamic from "next/dynamic";
import { SkeletonRows } from "@/components/ui/skeleton";
import { loadLater } from "@/components/ui/load-later";

/** Loaded only when somebody opens it: the editor is large. */
const JsonWorkspace = dynamic(
  () => loadLater(() => import("./json-workspace")).then((module) => module.JsonWorkspace),
  {
    ssr: false,
    loading: () => <SkeletonRows rows={10} label="Loading the editor" />,
  },
);

export function JsonTab() {
  return <JsonWorkspace />;
}
