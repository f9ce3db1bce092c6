import { createServer } from "node:http";
import { loopbackPort } from "./loopback-port.testkit";

export interface SentEvent {
  name: string;
  id: string;
  data: Record<string, unknown>;
}

/** What the server does with a request: an answer, or `hang` (says nothing), or `die` (cuts the connection). */
export type Behaviour = { status: number; body: string } | "hang" | "die";

const ok = (body: object): Behaviour => ({ status: 200, body: JSON.stringify(body) });

/** A server that plays Inngest's event API and its registration, as a real one answers (docs and recordings). */
export async function fakeInngestServer() {
  const received: SentEvent[][] = [];
  const registrations: { url: string; functions: { id: string }[]; authorization: string | undefined }[] = [];
  const server = {
    received,
    registrations,
    onEvents: (events: SentEvent[]): Behaviour => ok({ ids: events.map(({ id }) => id), status: 200 }),
    onRegistration: (): Behaviour => ok({ ok: true, modified: true }),
    /** Every event that was accepted, by its id. */
    accepted: [] as string[],
  };
  const http = createServer((request, response) => {
    let text = "";
    request.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
    request.on("end", () => {
      const behaviour = request.url?.startsWith("/e/")
        ? takeEvents(JSON.parse(text) as SentEvent[])
        : takeRegistration(JSON.parse(text) as (typeof registrations)[number], request.headers.authorization);
      if (behaviour === "hang") return;
      if (behaviour === "die") return void request.socket.destroy();
      response.writeHead(behaviour.status, { "content-type": "application/json" }).end(behaviour.body);
    });
  });
  function takeEvents(events: SentEvent[]): Behaviour {
    received.push(events);
    const behaviour = server.onEvents(events);
    if (typeof behaviour === "object" && behaviour.status === 200) server.accepted.push(...events.map(({ id }) => id));
    return behaviour;
  }
  function takeRegistration(body: (typeof registrations)[number], authorization: string | undefined): Behaviour {
    registrations.push({ ...body, authorization });
    return server.onRegistration();
  }
  const port = await loopbackPort(http);
  return Object.assign(server, {
    url: `http://127.0.0.1:${port}`,
    close: async (): Promise<void> => {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  });
}

export type FakeInngestServer = Awaited<ReturnType<typeof fakeInngestServer>>;
