import { stepDefinition } from "@/steps/definitions";

/** Whether somebody was asked here, and said no. */
export function isRejected({ type, handle }: { type: string; handle: string | null }): boolean {
  return handle !== null && stepDefinition(type)?.decides?.no === handle;
}
