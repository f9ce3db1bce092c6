import { NextResponse, type NextRequest } from "next/server";
import { pathHeader } from "@/components/shell/path-header";

/** Gives every page a content policy with a nonce of its own. Next puts the nonce on the scripts it writes. */
export function proxy(request: NextRequest): NextResponse {
  const policy = contentPolicy(btoa(crypto.randomUUID()));
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  headers.set(pathHeader, request.nextUrl.pathname + request.nextUrl.search);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

export const config = {
  // The API, files of answers and static files need no nonce, and the API's path must stay short.
  matcher: [{ source: "/((?!api/|files/|_next/static|_next/image|icon.svg|mark.svg|favicon.ico).*)" }],
};

const development = process.env.NODE_ENV === "development";

function contentPolicy(nonce: string): string {
  return [
    "default-src 'self'",
    // React's development build rebuilds server stack traces with eval; production never needs it.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    // The canvas and pop-ups position themselves with style attributes, which cannot carry a nonce.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws: wss:" : ""}`,
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
