import { z } from "zod";
import { expect } from "./fixtures";
import { runWithStatus, type RestClient } from "./rest";

/** Starts an upgrade over REST; gives its run and the approval it waits for. */
export async function startUpgrade(rest: RestClient, email: string): Promise<{ id: string; approval: string }> {
  const started = await rest.post("/api/v1/workflows", {
    template_id: "subscription-upgrade",
    input: { email, current_plan: "pro" },
  });
  expect(started.status).toBe(201);
  const { id } = z.object({ id: z.string() }).parse(started.json);
  const waiting = await runWithStatus(rest, id, "waiting_approval");
  return { id, approval: waiting.approvals[0]?.id ?? "" };
}
