import { advance } from "./advance";
import { initialState } from "./initial-state";
import type { Plan } from "./plan";
import type { EngineCommand, EngineEvent, RunState } from "./protocol";
import type { StepError } from "@/core/step-error";

export const refused: StepError = { code: "invalid_input", message: "The provider refused.", class: "other" };

export const down: StepError = { code: "http_5xx", message: "The provider answered 503.", class: "5xx" };

/** Feeds events and tells each answer in short words. */
export function driver(plan: Plan): {
  send(event: Record<string, unknown> & { type: EngineEvent["type"] }): string[];
  commands(): EngineCommand[];
  state(): RunState;
} {
  let state = initialState();
  let last: EngineCommand[] = [];
  return {
    send(event) {
      // Tests leave out `at`: the engine reads no time.
      const answer = advance(plan, state, { at: 1, ...event } as EngineEvent);
      state = answer.state;
      last = answer.commands;
      return last.map((command) => `${command.type} ${"key" in command ? command.key : command.status}`);
    },
    commands: () => last,
    state: () => state,
  };
}
