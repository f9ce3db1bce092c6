import type { AuthOptions } from "next-auth";
import { AppError } from "@/core/errors";
import { env } from "@/server/env";
import { logger } from "@/server/logger";
import { clientAddress } from "./client-address";
import { signIn } from "./sign-in";
import { noteSignedOut } from "./sign-in-trace";
import { decodeSession, encodeSession, isSecureCookie, sessionCookieName, sessionMaxAgeSeconds } from "./session-token";

/** next-auth keeps the cookie and the sign-in form's protocol; who someone is and may is decided in this folder. */
export function authOptions(onRefusal: (refusal: AppError) => void, addressOf: () => string | null): AuthOptions {
  return {
    secret: env().NEXTAUTH_SECRET,
    useSecureCookies: isSecureCookie(),
    session: { strategy: "jwt", maxAge: sessionMaxAgeSeconds },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    cookies: {
      sessionToken: {
        name: sessionCookieName(),
        options: { httpOnly: true, sameSite: "lax", path: "/", secure: isSecureCookie() },
      },
    },
    providers: [
      {
        id: "credentials",
        type: "credentials",
        name: "E-mail and password",
        credentials: { email: { type: "email" }, password: { type: "password" } },
        authorize: (credentials, request) =>
          signIn(
            credentials,
            clientAddress((name) => readHeader(request.headers, name)),
          ).catch((error: unknown) => {
            if (error instanceof AppError) onRefusal(error);
            throw error;
          }),
      },
    ],
    jwt: {
      encode: async ({ token }) =>
        encodeSession({
          sub: token?.sub ?? "",
          organizationId: readText(token?.organizationId),
          epoch: typeof token?.epoch === "number" ? token.epoch : -1,
        }),
      decode: async ({ token }) => {
        const claims = token === undefined ? null : await decodeSession(token);
        return claims ? { ...claims } : null;
      },
    },
    events: {
      signOut: async ({ token }) => {
        const { sub, organizationId } = { sub: token.sub ?? "", organizationId: readText(token.organizationId) };
        if (sub !== "" && organizationId !== "") await noteSignedOut({ userId: sub, organizationId }, addressOf());
      },
    },
    callbacks: {
      jwt: ({ token, user }) =>
        isSignedIn(user) ? { sub: user.id, organizationId: user.organizationId, epoch: user.epoch } : token,
      // The browser gets no more than this; pages ask for the actor.
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url, baseUrl }) =>
        url.startsWith("/") && !/^\/[/\\]/.test(url) ? `${baseUrl}${url}` : isSameOrigin(url, baseUrl) ? url : baseUrl,
    },
    logger: {
      error: (code, metadata) => {
        logger().error({ code, err: metadata instanceof Error ? metadata : undefined }, "sign-in failed");
      },
      warn: () => undefined,
      debug: () => undefined,
    },
  };
}

function isSignedIn(user: unknown): user is { id: string; organizationId: string; epoch: number } {
  return typeof user === "object" && user !== null && "organizationId" in user && "epoch" in user;
}

function readText(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function readHeader(headers: Record<string, unknown> | undefined, name: string): string | null {
  const value = headers?.[name];
  return typeof value === "string" ? value : null;
}

function isSameOrigin(url: string, baseUrl: string): boolean {
  return URL.canParse(url) && new URL(url).origin === new URL(baseUrl).origin;
}
