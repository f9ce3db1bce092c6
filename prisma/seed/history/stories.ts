import { demoContacts, type DemoContactEmail } from "../people";
import { approve, day, handBack, hour, minute, reject, submit, type Story, type StoryAct } from "./story";

/** Started by a colleague instead of the customer. */
const byHand = { trigger: { type: "manual", id: "manual", label: null }, owner: "operator" } as const;

/** Some fifty runs of the last two weeks, in every status that lasts. Jane has none: her first request is the visitor's. */
export const stories: readonly Story[] = [
  // Before there was an approval.
  upgrade(13.2 * day, "kim@acme.com"),
  upgrade(12.1 * day, "lee@initech.test"),
  upgrade(11.4 * day, "ada@initech.test"),
  upgrade(10.3 * day, "tom@umbrella.test"),
  upgrade(9.2 * day, "noor@globex.test"),
  upgrade(7.6 * day, "mia@umbrella.test"),
  {
    ...upgrade(6.3 * day, "lee@initech.test"),
    ...byHand,
    contact: null,
    input: { email: "outage-stripe@initech.test", current_plan: "pro" },
  },
  upgrade(5.1 * day, "sam@globex.test"),
  upgrade(3.9 * day, "tom@umbrella.test"),
  // With an approval, of which a rejected customer hears nothing.
  upgrade(70 * hour, "kim@acme.com", [approve(22 * minute, "manager")]),
  upgrade(63 * hour, "sam@globex.test", [reject(3 * hour, "manager", "Last invoice is unpaid")]),
  upgrade(52 * hour, "tom@umbrella.test", [approve(8 * minute, "manager")]),
  upgrade(47 * hour, "mia@umbrella.test"),
  upgrade(41 * hour, "ada@initech.test"),
  upgrade(33 * hour, "noor@globex.test", [approve(96 * minute, "owner", "Agreed with sales")]),
  {
    ...upgrade(28 * hour, "lee@initech.test"),
    control: { verb: "cancel", afterMs: 5 * hour, by: "operator", reason: "Asked twice by mistake" },
  },
  upgrade(20 * hour, "tom@umbrella.test", [approve(14 * minute, "manager")]),
  upgrade(7 * hour, "kim@acme.com", [reject(40 * minute, "manager", "Plan changes are frozen until Monday")]),
  upgrade(4.5 * hour, "mia@umbrella.test", [approve(31 * minute, "manager")]),
  // The current version.
  upgrade(104 * minute, "noor@globex.test", [approve(6 * minute, "manager")]),
  upgrade(76 * minute, "kim@acme.com", [
    reject(9 * minute, "manager", "Two invoices are open", "Please settle invoice 1042 first, then ask again."),
  ]),
  { ...upgrade(51 * minute, "tom@umbrella.test"), control: { verb: "pause", afterMs: 11 * minute, by: "operator" } },
  upgrade(34 * minute, "sam@globex.test"),
  upgrade(18 * minute, "lee@initech.test"),
  upgrade(13 * minute, "mia@umbrella.test", [approve(60_000, "manager")]),

  kyc(12.7 * day, "cus_1985"),
  kyc(11.9 * day, "cus_1991", "requires_review", [approve(2.2 * hour, "analyst")]),
  kyc(10.8 * day, "cus_2002"),
  kyc(9.7 * day, "cus_2007", "failed"),
  kyc(8.4 * day, "cus_2011_flaky:1"),
  kyc(7.1 * day, "cus_2016"),
  kyc(5.9 * day, "cus_2020", "requires_review"),
  kyc(4.2 * day, "cus_2024", "requires_review", [reject(5 * hour, "analyst", "The photo does not match")]),
  kyc(2.6 * day, "cus_2030"),
  kyc(1.4 * day, "cus_2033", "failed"),
  kyc(11 * hour, "cus_2037"),
  kyc(3.1 * hour, "cus_2041", "requires_review"),
  kyc(59 * minute, "cus_2042_outage"),
  kyc(12 * minute, "cus_2043"),

  refund(11.6 * day, "tom@umbrella.test", [submit(4 * minute, form("A-1007", 24.9, "It arrived damaged"))]),
  refund(9.4 * day, "mia@umbrella.test", [submit(2 * minute, form("A-1013", 61, "It never arrived"))]),
  refund(8.1 * day, "noor@globex.test", [
    submit(7 * minute, form("A-1020", 340, "It never arrived")),
    approve(50 * minute, "manager"),
  ]),
  refund(6.6 * day, "kim@acme.com"),
  refund(5.2 * day, "sam@globex.test", [
    submit(3 * minute, form("A-1031", 410, "I changed my mind")),
    reject(2 * hour, "manager", "Outside the 30 days"),
    handBack(3 * hour, "operator", "credit", "We agreed on a credit of $100 for the next order."),
  ]),
  refund(26 * hour, "lee@initech.test", [submit(5 * minute, form("A-1042", 39.5, "It arrived damaged"))]),
  refund(9 * hour, "tom@umbrella.test", [
    submit(6 * minute, form("A-1047", 290, "I changed my mind")),
    reject(1.5 * hour, "manager", "The order was used for two months"),
  ]),
  refund(66 * minute, "noor@globex.test", [submit(3 * minute, form("A-1051", 180, "It arrived damaged"))]),
  refund(25 * minute, "sam@globex.test"),
];

function upgrade(ago: number, email: DemoContactEmail, acts: readonly StoryAct[] = []): Story {
  const plan = demoContacts.find((contact) => contact.email === email)?.plan ?? "pro";
  return {
    workflow: "subscription-upgrade",
    ago,
    contact: email,
    owner: "owner",
    acts,
    trigger: { type: "event", id: "request", label: "Customer request" },
    input: { email, current_plan: plan },
  };
}

function kyc(ago: number, customerId: string, verdict = "passed", acts: readonly StoryAct[] = []): Story {
  return {
    workflow: "indonesian-kyc-v1",
    ago,
    contact: null,
    owner: "owner",
    acts,
    trigger: { type: "api", id: null, label: null },
    input: { customerId, bundle: { verdict }, traceId: `trace-${customerId.slice(4, 8)}` },
  };
}

function refund(ago: number, email: DemoContactEmail, acts: readonly StoryAct[] = []): Story {
  return {
    workflow: "refund-desk",
    ago,
    contact: email,
    owner: "owner",
    acts,
    trigger: { type: "event", id: "request", label: "Customer request" },
    input: { email },
  };
}

function form(order: string, amount: number, reason: string) {
  return { order, amount, reason };
}
