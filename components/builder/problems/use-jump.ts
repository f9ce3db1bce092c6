"use client";
import { usePathname, useRouter } from "next/navigation";
import { useBuilderStore } from "@/components/builder/state/use-builder";
import type { ProblemPlace } from "./problem-place";

/** Leads to where a problem is solved: the field of a step, a connection, the Triggers or the Configuration tab. */
export function useJump(): (place: ProblemPlace) => void {
  const store = useBuilderStore();
  const router = useRouter();
  const path = usePathname();
  const openTab = (tab: string) => router.replace(`${path}?tab=${tab}`, { scroll: false });
  return (place) => {
    switch (place.kind) {
      case "step":
        store.getState().openStep(place.nodeId, place.field);
        return openTab("canvas");
      case "connection":
        store.getState().select([], [place.key]);
        store.getState().openPanel("step");
        return openTab("canvas");
      case "triggers":
        return openTab("triggers");
      case "configuration":
        return openTab("configuration");
      case "workflow":
        return openTab("canvas");
    }
  };
}

/** Name of the button that leads there. */
export const jumpLabels: Record<ProblemPlace["kind"], string | null> = {
  step: "Show",
  connection: "Show",
  triggers: "Open Triggers",
  configuration: "Open Configuration",
  workflow: null,
};
