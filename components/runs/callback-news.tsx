"use client";
import type { RunCallback } from "@/core/contracts/run";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";

/** Whether the address that the run was started with heard of its end. */
export function CallbackNews({ call }: { call: RunCallback }) {
  const { status, attempts, lastError, createdAt, deliveredAt } = call;
  return (
    <Notice tone={status === "failed" || status === "dead" ? "failed" : "quiet"}>
      {callbackWords(status, attempts)} <RelativeTime at={deliveredAt ?? createdAt} />
      {lastError !== null && <p className="[overflow-wrap:anywhere]">{lastError}</p>}
    </Notice>
  );
}

/** "The callback address was told after 3 tries." */
export function callbackWords(status: RunCallback["status"], attempts: number): string {
  const tries = attempts === 1 ? "1 try" : `${attempts} tries`;
  switch (status) {
    case "pending":
      return "The callback address is being told of this run’s end.";
    case "delivered":
      return attempts <= 1
        ? "The callback address was told of this run’s end."
        : `The callback address was told of this run’s end, after ${tries}.`;
    case "captured":
      return "The callback address was not called: nothing is sent from here.";
    case "failed":
      return `The callback address did not take the call, after ${tries}. It is tried again by itself.`;
    case "dead":
      return `The callback address was given up after ${tries}. Tell whoever waits for this run, or correct the address and start it again.`;
  }
}
