import { asObject } from "@/core/json";
import { digitsOf, fingerprint } from "./fingerprint";
import { ok, refuse, textOf, type SandboxAnswer, type SandboxCall, type SandboxRoute } from "./route";

export const identityRoutes: readonly SandboxRoute[] = [
  { service: "identity", method: "POST", pattern: /^\/v1\/identities\/verify$/, answer: verify },
  {
    service: "identity",
    method: "POST",
    pattern: /^\/api\/identity\/document\/ktp\/capture$/,
    answer: captureIdentityCard,
  },
];

/** The customer id keeps the words of the address, so that a scenario asked for there reaches the next service. */
function verify({ body }: SandboxCall): SandboxAnswer {
  const email = textOf(body["email"]).trim().toLowerCase();
  const [local = "", domain = ""] = email.split("@");
  if (local === "" || domain === "") return refuse(422, "email is not an e-mail address");
  const words = local.replace(/[^a-z0-9:-]+/g, "-");
  const name = local
    .split(/[._+-]+/)
    .filter((word) => word !== "")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");
  return ok({ customerId: `cus_${words}_${fingerprint(email, 6)}`, verified: !local.includes("unverified"), name });
}

const kycLevels = { passed: 2, requires_review: 1, failed: 0 } as const;
type Verdict = keyof typeof kycLevels;

function captureIdentityCard({ body }: SandboxCall): SandboxAnswer {
  const customerId = textOf(body["customerId"]);
  if (customerId === "") return refuse(422, "customerId is missing");
  const bundle = asObject(body["bundle"]);
  const verdict = verdictOf(textOf(bundle["verdict"]), customerId);
  const nik = digitsOf(customerId, 16);
  return ok({
    ktpBundle: {
      verdict,
      ocr: {
        fullName: textOf(bundle["fullName"]) || `Applicant ${nik.slice(0, 4)}`,
        nik,
        dateOfBirth: textOf(bundle["dateOfBirth"]) || "1990-04-17",
      },
    },
    customer: { id: customerId, kycLevel: kycLevels[verdict] },
  });
}

/** What the bundle asks for, else what the customer's id hints at. */
function verdictOf(asked: string, customerId: string): Verdict {
  if (isVerdict(asked)) return asked;
  const hint = `${asked} ${customerId}`.toLowerCase();
  if (hint.includes("review")) return "requires_review";
  return hint.includes("fail") ? "failed" : "passed";
}

function isVerdict(text: string): text is Verdict {
  return Object.hasOwn(kycLevels, text);
}
