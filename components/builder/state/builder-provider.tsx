"use client";
import { useCallback, useEffect, useRef, useState, type ReactNode } from "react";
import type { DraftState } from "@/core/contracts/draft";
import type { Issue } from "@/core/workflow/document";
import { useDraftChanges } from "@/components/data/live";
import { useTRPCClient } from "@/components/trpc";
import { useLeaveWarning } from "@/components/ui/use-leave-warning";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";
import type { BuilderStore } from "./builder-state";
import { createBuilderStore } from "./create-builder-store";
import type { DraftApi } from "./draft-sync";
import { findIssues, withServerIssues } from "./find-issues";
import { announceTab, browserUnsentStore } from "./unsent-store";
import { BuilderContext } from "./use-builder";

/** Validation waits for a pause in the edits, ms; the server's part for a longer one. */
const checkMs = 200;
const serverCheckMs = 1_200;
const presentMs = 20_000;

/** The open builder: everything inside reads it with `useBuilder`. Opened anew for another workflow (give it a key). */
export function BuilderProvider({ initial, children }: { initial: DraftState; children: ReactNode }) {
  const client = useTRPCClient();
  const [{ store, sync, unsent, clientId }] = useState(() => {
    const clientId = crypto.randomUUID();
    const { slug } = initial;
    const unsent = browserUnsentStore(initial.workflowId, clientId);
    const api: DraftApi = {
      apply: (batch) => client.drafts.applyBatch.mutate({ slug, clientId, ...batch }),
      since: (revision: number) => client.drafts.since.query({ slug, revision }),
      open: () => client.drafts.open.query({ slug }),
    };
    return {
      ...createBuilderStore({ initial, api, definitions: stepDefinitions, triggerDefinitions, unsent, clientId }),
      unsent,
      clientId,
    };
  });

  useEffect(() => {
    let left = false;
    void announceTab(clientId).then(() => {
      if (left || !initial.mayEdit) return;
      const batches = unsent.read();
      if (batches.length > 0)
        store.setState({
          document: sync.resume(batches),
          announcement: "Edits that were not saved when this workflow was last closed are back.",
        });
    });
    return () => {
      left = true;
    };
  }, [clientId, initial.mayEdit, store, sync, unsent]);

  const [catchUp] = useState(() => () => void sync.catchUp().catch(() => undefined));
  useDraftChanges(initial.workflowId, catchUp);
  useIssues(store);
  usePresence(store, clientId);
  // Edits that the server could not take yet; who is signed out leaves to come back.
  useLeaveWarning(() => store.getState().save.kind === "waiting");
  return <BuilderContext value={store}>{children}</BuilderContext>;
}

/** Keeps `issues` a moment behind the document: the browser's own at once, the server's when everything is saved. */
function useIssues(store: BuilderStore): void {
  const client = useTRPCClient();
  useEffect(() => {
    let own: Issue[] = [];
    let server: readonly Issue[] = [];
    let soon: ReturnType<typeof setTimeout> | undefined;
    let later: ReturnType<typeof setTimeout> | undefined;
    const show = () => store.setState({ issues: withServerIssues(own, server) });
    const check = () => {
      own = findIssues(store.getState().document);
      show();
    };
    const askServer = () => {
      const { slug, save } = store.getState();
      if (save.kind !== "saved") return;
      client.drafts.check.query({ slug }).then(
        (found) => {
          server = found;
          show();
        },
        () => undefined,
      );
    };
    check();
    askServer();
    const unsubscribe = store.subscribe((state, before) => {
      if (state.document !== before.document) {
        clearTimeout(soon);
        soon = setTimeout(check, checkMs);
      }
      if (state.save !== before.save && state.save.kind === "saved") {
        clearTimeout(later);
        later = setTimeout(askServer, serverCheckMs);
      }
    });
    return () => {
      unsubscribe();
      clearTimeout(soon);
      clearTimeout(later);
    };
  }, [store, client]);
}

/** Says that this tab is here and what it looks at, and learns who else is. */
function usePresence(store: BuilderStore, clientId: string): void {
  const client = useTRPCClient();
  const tell = useRef(() => {});
  useEffect(() => {
    const { slug } = store.getState();
    const present = () => {
      const [nodeId = null] = store.getState().selectedNodes;
      client.drafts.present.mutate({ slug, clientId, nodeId }).then(
        (people) => store.setState({ people }),
        () => undefined,
      );
    };
    let moved: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      clearTimeout(moved);
      moved = setTimeout(present, 300);
    };
    tell.current = soon;
    present();
    const timer = setInterval(present, presentMs);
    const unsubscribe = store.subscribe((state, before) => {
      if (state.selectedNodes !== before.selectedNodes) soon();
    });
    const leave = () => void client.drafts.leave.mutate({ slug, clientId }).catch(() => undefined);
    window.addEventListener("pagehide", leave);
    return () => {
      clearInterval(timer);
      clearTimeout(moved);
      unsubscribe();
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [store, client, clientId]);
  const heard = useCallback(() => tell.current(), []);
  useDraftChanges(store.getState().workflow.workflowId, heard);
}
