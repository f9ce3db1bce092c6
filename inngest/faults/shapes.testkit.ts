import type { JsonObject } from "@/core/json";

const call = (id: string): JsonObject => ({
  id,
  type: "service_call",
  service: "echo",
  method: "POST",
  path: `/${id}`,
});
const chain = (...ids: string[]) => ids.slice(1).map((to, index) => ({ from: ids[index] ?? "", to }));

export interface Shape {
  document: JsonObject;
  /** The calls of one run, as the receiver's keys end. */
  calls: string[];
  /** How its runs stand in the end. */
  ends: "completed" | "waiting_approval";
}

/** Every kind of thing a run can be at when the lights go out. */
export const shapes: Record<string, Shape> = {
  plain: {
    document: {
      startNodeId: "a",
      nodes: ["a", "b", "c", "d", "e"].map(call),
      edges: chain("a", "b", "c", "d", "e"),
    },
    calls: ["a", "b", "c", "d", "e"],
    ends: "completed",
  },
  approval: {
    document: {
      startNodeId: "a",
      nodes: [call("a"), { id: "ask", type: "approval", assignTo: "role:manager" }, call("b"), call("c")],
      edges: [...chain("a", "ask"), { from: "ask", to: "b", case: "approved" }, ...chain("b", "c")],
    },
    calls: ["a", "b", "c"],
    ends: "completed",
  },
  form: {
    document: {
      startNodeId: "fill",
      nodes: [
        {
          id: "fill",
          type: "collect_form",
          title: "Address",
          deliverTo: "page",
          schema: { type: "object", properties: { city: { type: "string" } } },
        },
        call("a"),
      ],
      edges: [{ from: "fill", to: "a", case: "submitted" }],
    },
    calls: ["a"],
    ends: "completed",
  },
  timer: {
    document: {
      startNodeId: "a",
      nodes: [call("a"), { id: "nap", type: "wait", duration: "PT0.5S" }, call("b")],
      edges: chain("a", "nap", "b"),
    },
    calls: ["a", "b"],
    ends: "completed",
  },
  loop: {
    document: {
      startNodeId: "each",
      nodes: [
        {
          id: "each",
          type: "loop",
          items: "${[1,2,3,4,5,6]}",
          concurrency: 2,
          body: { startNodeId: "item", nodes: [call("item")], edges: [] },
        },
        call("z"),
      ],
      edges: chain("each", "z"),
    },
    calls: ["item:0", "item:1", "item:2", "item:3", "item:4", "item:5", "z"],
    ends: "completed",
  },
  parallel: {
    document: {
      startNodeId: "fork",
      nodes: [{ id: "fork", type: "parallel" }, ...["left", "right", "right2", "joined"].map(call)],
      edges: [...chain("fork", "left", "joined"), ...chain("fork", "right", "right2", "joined")],
    },
    calls: ["left", "right", "right2", "joined"],
    ends: "completed",
  },
  /** Nobody ever decides it. */
  unanswered: {
    document: {
      startNodeId: "a",
      nodes: [call("a"), { id: "ask", type: "approval", assignTo: "role:nobody" }, call("b")],
      edges: [...chain("a", "ask"), { from: "ask", to: "b", case: "approved" }],
    },
    calls: ["a"],
    ends: "waiting_approval",
  },
};
