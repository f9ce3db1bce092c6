import { Link } from "@/components/ui/link";
import { ArrowRight } from "lucide-react";
import type { ReactNode } from "react";
import { buttonClass } from "@/components/ui/button-look";
import { Mark } from "@/components/ui/mark";
import { ThemeToggle } from "@/components/ui/theme-toggle";
import type { Theme } from "@/components/ui/theme";
import { TypeTile } from "@/components/ui/type-tile";
import { DemoCard } from "./demo-card";

export function LandingPage({ theme, signedIn }: { theme: Theme; signedIn: boolean }) {
  return (
    <>
      <header className="mx-auto flex h-16 max-w-[1200px] items-center justify-between px-4 sm:px-6">
        <span className="flex items-center gap-2.5 text-reading font-semibold">
          <Mark size={26} /> Holdpoint
        </span>
        <span className="flex items-center gap-1">
          <ThemeToggle initial={theme} />
          <Link href={signedIn ? "/inbox" : "/sign-in"} className={buttonClass({ look: "quiet" })}>
            {signedIn ? "Open inbox" : "Sign in"}
          </Link>
        </span>
      </header>
      <main>
        <section className="mx-auto max-w-[1200px] px-4 pt-12 pb-16 sm:px-6 sm:pt-16">
          <h1 className="max-w-[760px] text-[32px] leading-10 font-semibold tracking-[-0.02em] text-balance sm:text-landing">
            Automation that stops where a person should decide.
          </h1>
          <p className="mt-4 max-w-[680px] text-reading text-ink-2">
            Holdpoint runs business processes of many steps: it calls your services, asks customers, checks rules and
            sends messages. At a hold point it waits for a human answer, for a minute or for months, and then goes on
            from exactly there.
          </p>
          <Link href="/sign-in" className={`${buttonClass({ look: "primary" })} mt-6`}>
            Get Started <ArrowRight size={16} aria-hidden />
          </Link>
          <div className="mt-12">
            <p className="mb-3 text-dense text-ink-2">
              A customer asked for a bigger plan. The next step costs money, so the run holds. You are the manager:
            </p>
            <DemoCard />
          </div>
        </section>
        <Band>
          <ul className="grid gap-8 md:grid-cols-3">
            {promises.map((promise) => (
              <li key={promise.title}>
                <h2 className="text-reading font-semibold">{promise.title}</h2>
                <p className="mt-1 text-ink-2">{promise.text}</p>
              </li>
            ))}
          </ul>
        </Band>
        <Band>
          <h2 className="text-heading font-semibold">Seven steps cover most of it</h2>
          <ul className="mt-6 grid gap-x-8 gap-y-5 sm:grid-cols-2 lg:grid-cols-3">
            {stepTypes.map((step) => (
              <li key={step.type} className="flex gap-3">
                <TypeTile icon={step.icon} color={step.color} />
                <div>
                  <h3 className="font-mono text-dense leading-6 font-medium">{step.type}</h3>
                  <p className="text-ink-2">{step.text}</p>
                </div>
              </li>
            ))}
          </ul>
        </Band>
      </main>
      <footer className="mx-auto max-w-[1200px] px-4 sm:px-6">
        <p className="border-t py-8 text-dense text-ink-3">Holdpoint. Open source, runs on your own machine.</p>
      </footer>
    </>
  );
}

function Band({ children }: { children: ReactNode }) {
  return (
    <section className="mx-auto max-w-[1200px] px-4 sm:px-6">
      <div className="border-t py-12">{children}</div>
    </section>
  );
}

const promises = [
  {
    title: "People decide with the facts in view",
    text: "Conversation, customer, money and every earlier step stand beside the two buttons. If nobody answers in time, the run follows the rule you chose.",
  },
  {
    title: "New versions never disturb running work",
    text: "Publish whenever you like. What has started ends on the version it began with, and an older version is one click away.",
  },
  {
    title: "Nothing is lost, everything is on record",
    text: "Each step keeps its input, output, errors and times. Restart the machine in the middle: the run carries on, and acts only once.",
  },
];

const stepTypes = [
  {
    type: "tool_call",
    icon: "plug",
    color: "action",
    text: "Do something in Shopify, Stripe, Slack or any service with a REST API.",
  },
  {
    type: "collect_form",
    icon: "list-checks",
    color: "checkpoint",
    text: "Ask for details with a form inside the conversation, and wait for them.",
  },
  { type: "condition", icon: "split", color: "condition", text: "Test a value and take one path or the other." },
  { type: "notify", icon: "send", color: "action", text: "Write to people by WhatsApp, Telegram, SMS or email." },
  { type: "approval", icon: "user-check", color: "checkpoint", text: "Hold until somebody approves or rejects." },
  {
    type: "human_handoff",
    icon: "user-round",
    color: "checkpoint",
    text: "Let a colleague take over the conversation, then continue.",
  },
  { type: "end", icon: "flag", color: "output", text: "Close the run with a result and a message." },
];
