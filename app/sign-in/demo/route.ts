import type { NextRequest } from "next/server";
import { safePath } from "@/components/sign-in/safe-path";
import { isDemoBrowser, openDemoLink } from "@/server/auth/demo-browser";

export const dynamic = "force-dynamic";

/** A sign-in link of the demo: a browser that comes with a fresh one may choose among the demo's people. */
export function GET(request: NextRequest): Response {
  const query = request.nextUrl.searchParams;
  const cookie = openDemoLink(query.get("token") ?? "");
  const isKnown = cookie !== null || isDemoBrowser(request.headers.get("cookie"));
  const next = encodeURIComponent(safePath(query.get("next") ?? undefined));
  return new Response(null, {
    status: 303,
    headers: {
      location: `/sign-in?next=${next}${isKnown ? "" : "&link=used"}`,
      "cache-control": "no-store",
      ...(cookie === null ? {} : { "set-cookie": cookie }),
    },
  });
}
