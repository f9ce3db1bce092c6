import type { Instance } from "@/tests/instance";

const names = ["one", "two", "three", "four", "five"];

/** Five effects, each committed before its successor starts; nothing outside is called. */
const durable = {
  startNodeId: "one",
  nodes: names.map((id) => ({
    id,
    type: "webhook_emit",
    event: "bench.step",
    payload: { step: id, amount: "${input.amount}" },
  })),
  edges: names.slice(1).map((to, index) => ({ from: names[index], to })),
};

const pure = {
  startNodeId: "one",
  nodes: [
    { id: "one", type: "transform", expression: { amount: "${input.amount * 2}" } },
    { id: "two", type: "condition", expression: "step.one.output.amount > 10" },
    { id: "three", type: "transform", expression: { line: "${input.email}: ${step.one.output.amount}" } },
    {
      id: "four",
      type: "decision",
      expression: "input.email",
      cases: { "jane@acme.com": { next: "five" } },
      defaultCase: "five",
    },
    { id: "five", type: "output", output: { line: "${step.three.output.line}" } },
  ],
  edges: [
    { from: "one", to: "two" },
    { from: "two", to: "three" },
    { from: "three", to: "four" },
  ],
};

const parking = {
  startNodeId: "ask",
  nodes: [{ id: "ask", type: "approval", assignTo: "role:manager", actionLabel: "Parked" }],
  edges: [],
};

/** What the bench asks of the product. */
export interface BenchApi {
  /** `path` or a whole address; the answer's JSON. Throws at every refusal. */
  call(method: string, path: string, body?: object): Promise<Record<string, unknown>>;
  /** Publishes a workflow and gives the address of its webhook, which answers with the run's output. */
  publish(slug: string, spec: object): Promise<string>;
}

export function benchApi(instance: Instance): BenchApi {
  const call: BenchApi["call"] = async (method, path, body) => {
    const response = await fetch(new URL(path, instance.baseUrl), {
      method,
      headers: { authorization: `Bearer ${instance.credentials.apiKey}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    if (!response.ok) throw new Error(`${method} ${path}: ${String(response.status)} ${JSON.stringify(answer)}`);
    return answer;
  };
  return {
    call,
    async publish(slug, spec) {
      const trigger = { id: "hook", type: "webhook", respond: "output", respondTimeoutMs: 30_000 };
      await call("POST", "/api/workflows", { slug, name: slug, spec, triggers: [trigger] });
      await call("POST", `/api/workflows/${slug}/publish`, {});
      const { data } = (await call("GET", `/api/workflows/${slug}`)) as {
        data: { workflow: { triggers: { url?: string }[] } };
      };
      const url = data.workflow.triggers[0]?.url;
      if (url === undefined) throw new Error(`${slug} has no webhook address`);
      return new URL(url, instance.baseUrl).href;
    },
  };
}

/** Publishes the bench's workflows and gives their webhook addresses; `park` starts one run that waits for ever. */
export async function createBenchWorkflows({
  call,
  publish,
}: BenchApi): Promise<{ durable: string; pure: string; park(): Promise<string> }> {
  const urls = { durable: await publish("bench-durable", durable), pure: await publish("bench-pure", pure) };
  await publish("bench-parking", parking);
  return {
    ...urls,
    park: async () => String((await call("POST", "/api/v1/runs", { template_id: "bench-parking", input: {} }))["id"]),
  };
}
