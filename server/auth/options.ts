import type { AuthOptions } from "next-auth";
import { AppError } from "@/core/errors";
import { env } from "@/server/env";
import { logger } from "@/server/logger";
import { clientAddress } from "./client-address";
import { signInDemoPerson } from "./demo-people";
import { deviceWords } from "./device-words";
import { deviceCookieName } from "./known-devices";
import { readCookie } from "./read-cookie";
import { redirectWithin } from "./redirect-within";
import { actorFromToken } from "./session";
import { endSession } from "./session-store";
import {
  decodeSession,
  encodeSession,
  isSecureCookie,
  sessionClaimsSchema,
  sessionCookieName,
  sessionMaxAgeSeconds,
} from "./session-token";
import { signIn } from "./sign-in";
import type { SignedIn } from "./signed-in";
import { noteSignedOut } from "./sign-in-trace";

/** What a sign-in leaves beside the answer of next-auth, which itself knows only "signed in" and "error". */
export interface SignInNotes {
  refusal: AppError | null;
  newDeviceToken: string | null;
  /** Where the request came from. */
  address: string;
}

/** next-auth keeps the cookie and the sign-in form's protocol; who someone is and may is decided in this folder. */
export function authOptions(note: (notes: Partial<SignInNotes>) => void, addressOf: () => string | null): AuthOptions {
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
        credentials: { email: { type: "email" }, password: { type: "password" }, demo: { type: "hidden" } },
        async authorize(credentials, request) {
          const header = (name: string): string | null => readHeader(request.headers, name);
          const source = {
            address: clientAddress(header),
            device: deviceWords(header("user-agent")),
            deviceToken: readCookie(header("cookie"), deviceCookieName()),
          };
          try {
            const signedIn =
              credentials?.demo === "yes"
                ? await signInDemoPerson(readText(credentials.email), header("cookie"), source)
                : await signIn(credentials, source);
            note({ newDeviceToken: signedIn?.newDeviceToken ?? null });
            return signedIn;
          } catch (error) {
            if (error instanceof AppError) note({ refusal: error });
            throw error;
          }
        },
      },
    ],
    jwt: {
      encode: ({ token }) => encodeSession(sessionClaimsSchema.parse(token)),
      // An ended session is no session here either: asking for it must not make it a new cookie.
      decode: async ({ token = "" }) => ((await actorFromToken(token)) ? { ...(await decodeSession(token)) } : null),
    },
    events: {
      signOut: async ({ token }) => {
        const claims = sessionClaimsSchema.safeParse(token);
        if (!claims.success) return;
        await endSession(claims.data.sessionId);
        await noteSignedOut({ userId: claims.data.sub, organizationId: claims.data.organizationId }, addressOf());
      },
    },
    callbacks: {
      jwt: ({ token, user }) =>
        isSignedIn(user)
          ? { sub: user.id, organizationId: user.organizationId, epoch: user.epoch, sessionId: user.sessionId }
          : token,
      // The browser gets no more than this; pages ask for the actor.
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url, baseUrl }) => redirectWithin(url, baseUrl),
    },
    logger: {
      error: (code, metadata) => {
        // A session that has ended.
        if (code === "JWT_SESSION_ERROR") return;
        logger().error({ code, err: metadata instanceof Error ? metadata : undefined }, "sign-in failed");
      },
      warn: () => undefined,
      debug: () => undefined,
    },
  };
}

function isSignedIn(user: unknown): user is SignedIn {
  return typeof user === "object" && user !== null && "organizationId" in user && "sessionId" in user;
}

function readHeader(headers: Record<string, unknown> | undefined, name: string): string | null {
  const value = headers?.[name];
  return typeof value === "string" ? value : null;
}

function readText(value: unknown): string {
  return typeof value === "string" ? value : "";
}
