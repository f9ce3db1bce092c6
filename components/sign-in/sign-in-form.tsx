"use client";
import { signIn } from "next-auth/react";
import { useState, type SyntheticEvent } from "react";
import { Button } from "@/components/ui/button";
import { CredentialField } from "@/components/ui/credential-field";
import { Notice } from "@/components/ui/notice";

export interface DemoChoice {
  /** Empty for a browser that has not opened the demo's sign-in link. */
  people: { email: string; roles: string[] }[];
  linkWasUsed: boolean;
}

/** E-mail and password; in demo mode one click signs in as one of the demo people. */
export function SignInForm({ next, demo }: { next: string; demo: DemoChoice | null }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function enter(credentials: Record<string, string>) {
    setBusy(true);
    setProblem(null);
    const failure = await tryToSignIn(credentials);
    if (failure === null) {
      // A full load: the shell is drawn for the new person from scratch.
      window.location.assign(next);
      return;
    }
    setProblem(failure);
    setBusy(false);
  }

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    void enter({ email, password });
  }

  return (
    <>
      <form method="post" onSubmit={submit} className="flex flex-col gap-4">
        {problem !== null && <Notice tone="failed">{problem}</Notice>}
        <CredentialField label="E-mail" autoComplete="username" name="email" value={email} onChange={setEmail} />
        <CredentialField
          label="Password"
          autoComplete="current-password"
          name="password"
          value={password}
          onChange={setPassword}
        />
        <Button type="submit" look="primary" busy={busy} className="mt-1">
          Sign in
        </Button>
      </form>
      {demo && <Demo choice={demo} busy={busy} onPick={(person) => void enter({ email: person, demo: "yes" })} />}
    </>
  );
}

function Demo({ choice, busy, onPick }: { choice: DemoChoice; busy: boolean; onPick: (email: string) => void }) {
  return (
    <section className="mt-8 border-t pt-6">
      <h2 className="text-dense font-semibold">Demo people</h2>
      {choice.people.length === 0 ? (
        <p className="mt-0.5 text-dense text-ink-2">
          {choice.linkWasUsed
            ? "This sign-in link was used before, or another one took its place. The one that is good now is in demo-credentials.json in the data folder."
            : "To sign in as one of them with one click, open the sign-in link that npm start printed."}
        </p>
      ) : (
        <DemoPeople people={choice.people} busy={busy} onPick={onPick} />
      )}
    </section>
  );
}

function DemoPeople({
  people,
  busy,
  onPick,
}: Pick<DemoChoice, "people"> & { busy: boolean; onPick: (email: string) => void }) {
  return (
    <>
      <p className="mt-0.5 text-dense text-ink-2">Pick one to sign in.</p>
      <ul className="mt-3 flex flex-col gap-1.5">
        {people.map(({ email, roles }) => (
          <li key={email}>
            <button
              type="button"
              disabled={busy}
              onClick={() => onPick(email)}
              className="flex min-h-11 w-full flex-wrap items-center justify-between gap-x-3 rounded-control border border-hairline bg-surface px-3 py-1.5 text-left hover:border-control hover:bg-sunken"
            >
              <span className="min-w-0 truncate font-medium">{email}</span>
              <span className="text-dense text-ink-2">{roles.map((role) => role.replaceAll("_", " ")).join(", ")}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Null when signed in, otherwise what to tell the person. */
async function tryToSignIn(credentials: Record<string, string>): Promise<string | null> {
  try {
    const result = await signIn("credentials", { ...credentials, redirect: false });
    if (result?.ok === true && result.error === null) return null;
    const reason = result?.error ?? "CredentialsSignin";
    // A sentence comes from our own limits; a bare code means that e-mail and password do not match.
    return reason.includes(" ") ? reason : "This e-mail and password do not match. Check both and try again.";
  } catch {
    return "Holdpoint cannot be reached. Check your connection and try again.";
  }
}
