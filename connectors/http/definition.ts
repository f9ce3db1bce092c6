import { z } from "zod";
import { queryOf } from "@/core/connector-definition";
import { defineAction, defineConnector } from "@/connectors/define-connector";

export const httpConnector = defineConnector({
  id: "http",
  title: "Any REST API",
  description: "Calls any HTTP API that you registered a connection for.",
  icon: "globe",
  auth: ["none", "bearer", "basic", "header", "query"],
  defaultConnection: null,
  actions: {
    request: defineAction({
      title: "Send a request",
      description: "Sends a request; the output is the parsed body of the answer.",
      input: z.object({
        method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]).default("GET"),
        path: z.string().default("/"),
        query: z.record(z.string(), z.json()).optional(),
        headers: z.record(z.string(), z.string()).optional(),
        body: z.json().optional(),
      }),
      output: z.json(),
      method: "GET",
      path: "/",
      repeatable: "safe",
      pathFields: ["path"],
      consequence: ({ method = "GET" }) =>
        method === "GET"
          ? null
          : method === "DELETE"
            ? "deletes something at another service"
            : "sends data to another service",
      request: ({ method, path, query, headers, body }) => ({
        method,
        path,
        ...(query === undefined ? {} : { query: queryOf(query) }),
        ...(headers === undefined ? {} : { headers }),
        ...(body === undefined ? {} : { body }),
      }),
    }),
  },
});
