"use client";
import { clsx } from "clsx";
import { useSearchParams } from "next/navigation";
import { useEffect } from "react";
import { Canvas } from "./canvas/canvas";
import { Outline } from "./outline/outline";
import { SidePanel } from "./side-panel";
import type { PanelName } from "./state/builder-state";
import { useBuilder, useBuilderStore } from "./state/use-builder";
import { SampleRunFollower } from "./test/sample-run-follower";
import { WorkspaceBar } from "./workspace-bar";

const panelNames: readonly PanelName[] = ["step", "test", "problems"];

/** Where people draw: the bar, the canvas (or its outline), and the panel beside it; on phones the panel covers the canvas. */
export function Workspace() {
  const store = useBuilderStore();
  const panel = useBuilder((state) => state.panel);
  const asked = useSearchParams().get("panel");
  useEffect(() => {
    const name = panelNames.find((each) => each === asked);
    if (name) store.getState().openPanel(name);
  }, [asked, store]);
  return (
    <div className="-mx-4 flex min-h-0 flex-1 flex-col md:-mx-6">
      <WorkspaceBar />
      <div className="relative flex min-h-0 flex-1 border-t border-hairline">
        <div className={clsx("min-w-0 flex-1", panel !== null && "max-md:hidden")}>
          <Canvas outline={<Outline />} />
        </div>
        {panel !== null && <SidePanel />}
      </div>
      <SampleRunFollower />
      <Announcer />
    </div>
  );
}

/** What just happened, for those who cannot see it. */
function Announcer() {
  const text = useBuilder((state) => state.announcement);
  return (
    <p role="status" aria-live="polite" className="sr-only">
      {text}
    </p>
  );
}
