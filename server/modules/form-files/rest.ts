import { z } from "zod";
import { uploadedFileSchema, uploadQuerySchema } from "@/core/contracts/file";
import { AppError } from "@/core/errors";
import { definePublicRoute, defineRoute, type Route } from "@/server/api/rest/route";
import { clientAddress } from "@/server/auth/client-address";
import { requireSameOrigin } from "@/server/auth/same-origin";
import { actorFromCookies } from "@/server/auth/session";
import { countingGuesses } from "@/server/auth/token-guesses";
import { addAsMember, addInConversation, addOnPage, readFile } from "./service";

/** Carries the secret part of a link: addresses are written down on the way, headers of ours are not. */
const linkHeader = "holdpoint-link";

/** What our pages add files to, by whoever has a link; each refuses what comes from another site. */
async function throughLink<T>({ headers }: Request, work: (token: string) => Promise<T>): Promise<T> {
  requireSameOrigin(headers);
  const token = headers.get(linkHeader) ?? "";
  const address = clientAddress((name) => headers.get(name));
  return countingGuesses(address, "not_found", () => {
    if (token.length < 16 || token.length > 2_000)
      throw new AppError("not_found", "This link does not open a form. Check that it is complete.");
    return work(token);
  });
}

const answers = { 413: "The file is larger than its question takes", 415: "The file is none that its question takes" };
const shape = { method: "POST", status: 200, response: uploadedFileSchema, answers, takesFile: true } as const;

export const routes: Route[] = [
  definePublicRoute({
    ...shape,
    path: "/api/files/page",
    summary: "Adds a file to the form whose page was opened by a link. For our own pages; the body is the file.",
    query: uploadQuerySchema,
    handler: async ({ request, query }) => ({
      body: await throughLink(request, (token) => addOnPage(token, { ...query, request })),
    }),
  }),
  definePublicRoute({
    ...shape,
    path: "/api/files/conversation",
    summary: "Adds a file to a form in a customer's conversation. For our own pages; the body is the file.",
    query: uploadQuerySchema.extend({ form: z.uuid() }),
    handler: async ({ request, query: { form, ...added } }) => ({
      body: await throughLink(request, async (token) => {
        const visitor = await actorFromCookies(request.headers.get("cookie"));
        return addInConversation(token, { ...added, request, waitpointId: form, visitor });
      }),
    }),
  }),
  defineRoute({
    ...shape,
    family: "runs",
    path: "/api/v1/forms/{id}/files",
    scope: "forms:submit",
    summary: 'Adds a file to an open form; the body is the file. Its id is the answer: send {"id": …} in the values.',
    params: z.object({ id: z.uuid() }),
    query: uploadQuerySchema,
    handler: async ({ actor, params, query, request }) => ({
      body: await addAsMember(actor, params.id, { ...query, request }),
    }),
  }),
  defineRoute({
    method: "GET",
    family: "runs",
    path: "/api/v1/files/{id}",
    scope: "runs:read",
    summary: "A file that stands in an answer of a run, as it was added.",
    params: z.object({ id: z.uuid() }),
    response: z.string().describe("The file"),
    handler: ({ actor, params }) => readFile(actor, params.id),
  }),
];
