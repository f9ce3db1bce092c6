import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { runStepAhead } from "@/core/contracts/run-step-ahead";
import { StepDetails } from "./step-details";

const step = runStepAhead({ nodeId: "call", name: "Call", type: "service_call", detail: "" });

describe("B-16 K14 the details of a step show what the service said", () => {
  it("all of it when it refused", () => {
    const error = {
      code: "http_4xx",
      message: "The service answered 422",
      status: 422,
      headers: { "x-request-id": "r-1" },
      body: { fields: "taken" },
    };
    const html = renderToStaticMarkup(
      <StepDetails action={null} runId={null} step={{ ...step, status: "failed", error }} />,
    );
    for (const words of ["Answer of the service: 422", "taken", "r-1"]) expect(html).toContain(words);
  });

  it("status and headers beside the output, and nothing of a step that calls nobody", () => {
    const response = { status: 201, headers: { location: "/orders/7" } };
    const html = renderToStaticMarkup(
      <StepDetails action={null} runId={null} step={{ ...step, status: "completed", response }} />,
    );
    for (const words of ["Answer of the service: 201", "/orders/7"]) expect(html).toContain(words);
    expect(renderToStaticMarkup(<StepDetails action={null} runId={null} step={step} />)).not.toContain(
      "Answer of the service",
    );
  });
});
