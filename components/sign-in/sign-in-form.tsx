"use client";
import { signIn } from "next-auth/react";
import { useRef, useState, type SyntheticEvent } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";

export interface DemoUser {
  email: string;
  password: string;
  roles: string[];
}

/** E-mail and password; in demo mode one click fills in one of the demo people. */
export function SignInForm({ next, demoUsers }: { next: string; demoUsers: DemoUser[] }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submitButton = useRef<HTMLButtonElement>(null);

  async function submit(event: SyntheticEvent) {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    const failure = await tryToSignIn(email, password);
    if (failure === null) {
      // A full load: the shell is drawn for the new person from scratch.
      window.location.assign(next);
      return;
    }
    setProblem(failure);
    setBusy(false);
  }

  return (
    <>
      <form method="post" onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        {problem !== null && <Notice tone="failed">{problem}</Notice>}
        <Field label="E-mail">
          {(control) => (
            <Input
              {...control}
              type="email"
              name="email"
              autoComplete="username"
              required
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          )}
        </Field>
        <Field label="Password">
          {(control) => (
            <Input
              {...control}
              type="password"
              name="password"
              autoComplete="current-password"
              required
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </Field>
        <Button ref={submitButton} type="submit" look="primary" busy={busy} className="mt-1">
          Sign in
        </Button>
      </form>
      {demoUsers.length > 0 && (
        <DemoUsers
          users={demoUsers}
          onPick={(user) => {
            setEmail(user.email);
            setPassword(user.password);
            submitButton.current?.focus();
          }}
        />
      )}
    </>
  );
}

function DemoUsers({ users, onPick }: { users: DemoUser[]; onPick: (user: DemoUser) => void }) {
  return (
    <section className="mt-8 border-t pt-6">
      <h2 className="text-dense font-semibold">Demo people</h2>
      <p className="mt-0.5 text-dense text-ink-2">Pick one to fill in the form.</p>
      <ul className="mt-3 flex flex-col gap-1.5">
        {users.map((user) => (
          <li key={user.email}>
            <button
              type="button"
              onClick={() => onPick(user)}
              className="flex min-h-11 w-full flex-wrap items-center justify-between gap-x-3 rounded-control border border-hairline bg-surface px-3 py-1.5 text-left hover:border-control hover:bg-sunken"
            >
              <span className="min-w-0 truncate font-medium">{user.email}</span>
              <span className="text-dense text-ink-2">
                {user.roles.map((role) => role.replaceAll("_", " ")).join(", ")}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Null when signed in, otherwise what to tell the person. */
async function tryToSignIn(email: string, password: string): Promise<string | null> {
  try {
    const result = await signIn("credentials", { redirect: false, email, password });
    if (result?.ok === true && result.error === null) return null;
    const reason = result?.error ?? "CredentialsSignin";
    // A sentence comes from our own limits; a bare code means that e-mail and password do not match.
    return reason.includes(" ") ? reason : "This e-mail and password do not match. Check both and try again.";
  } catch {
    return "Holdpoint cannot be reached. Check your connection and try again.";
  }
}
