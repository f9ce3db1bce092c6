import { InngestCommHandler, type Inngest, type InngestFunction } from "inngest";
import type { Json, JsonObject } from "@/core/json";
import { callId, discovery, type Call } from "./call";
import { runInDispatch, type CallWatch, type DispatchIdentity } from "./dispatch-context";
import type { FunctionConfig } from "./function-catalog";

export interface SdkAnswer {
  status: number;
  /** Lower-case names. */
  headers: Record<string, string>;
  body: Json;
}

/** The unmodified SDK, called in this process: plain objects in, plain objects out, no port and no signature. */
export interface Sdk {
  call(call: Call, maxAttempts: number, watch: CallWatch): Promise<SdkAnswer>;
  configs(): Promise<FunctionConfig[]>;
}

interface SdkRequest {
  method: "POST" | "PUT";
  url: URL;
  headers: Record<string, string>;
  body: JsonObject;
}

interface SdkResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Never dialled: the SDK wants an address to put into links. */
const origin = "http://embedded.invalid/api/inngest";

export function createSdk(client: Inngest.Any, functions: readonly InngestFunction.Any[]): Sdk {
  const handler = new InngestCommHandler<[SdkRequest], SdkResponse>({
    frameworkName: "holdpoint-embedded",
    client,
    functions,
    skipSignatureValidation: true,
    handler: (request: SdkRequest) => ({
      body: () => request.body,
      headers: (name: string) => request.headers[name.toLowerCase()] ?? null,
      method: () => request.method,
      url: () => request.url,
      transformResponse: ({ status, headers, body }: SdkResponse) => ({ status, headers, body }),
    }),
  }).createHandler();

  async function send(request: SdkRequest): Promise<SdkAnswer> {
    const response: SdkResponse = await handler(request);
    const headers = Object.fromEntries(
      Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    return {
      status: response.status,
      headers,
      body: response.body === "" ? null : (JSON.parse(response.body) as Json),
    };
  }

  return {
    call: (call, maxAttempts, watch) =>
      runInDispatch(identityOf(call), watch, () => send(callRequest(call, maxAttempts))),
    configs: async () => {
      const url = new URL(origin);
      const { status, body } = await send({
        method: "PUT",
        url,
        headers: { "x-inngest-sync-kind": "in_band" },
        body: { url: url.href },
      });
      if (status !== 200) throw new Error(`The Inngest SDK did not describe its functions (status ${status}).`);
      // The SDK's own in-band sync answer; its shape is pinned with the SDK's version and checked by the contract test.
      return (body as unknown as { functions: FunctionConfig[] }).functions;
    },
  };
}

const identityOf = (call: Call): DispatchIdentity => ({
  execRunId: call.run,
  jobId: call.step,
  fence: call.fence,
  stays: call.takeovers === 0,
});

function callRequest(call: Call, maxAttempts: number): SdkRequest {
  const url = new URL(origin);
  url.searchParams.set("fnId", call.fn);
  url.searchParams.set("stepId", call.step);
  const id = callId(call);
  const event = call.events[0] ?? {};
  return {
    method: "POST",
    url,
    headers: {
      "content-type": "application/json",
      "x-run-id": call.run,
      "x-request-id": id,
      "x-inngest-generation-id": String(call.fence),
      "x-inngest-job-id": id,
    },
    body: {
      version: call.stack.length === 0 && call.attempt === 0 ? -1 : 2,
      event,
      events: call.events,
      steps: call.steps,
      defers: {},
      use_api: false,
      ctx: {
        run_id: call.run,
        fn_id: call.fn,
        qi_id: id,
        attempt: call.attempt,
        max_attempts: maxAttempts,
        // Planned steps run alone; a call that goes on with the function may execute as it finds.
        disable_immediate_execution: call.step !== discovery,
        use_api: false,
        env: "",
        step_id: "step",
        stack: { stack: call.stack, current: call.stack.length },
        request_id: id,
        generation_id: call.fence,
        job_id: id,
      },
    },
  };
}
