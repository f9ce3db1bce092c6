import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleX,
  Clock,
  Hand,
  LoaderCircle,
  UserRound,
  type LucideIcon,
} from "lucide-react";
import type { CustomerRequest } from "@/core/contracts/request";
import type { Tone } from "@/components/ui/tone";

/** How the state of a request looks to whoever made it: no end but a good one looks like success. */
export const requestFaces: Record<CustomerRequest["state"], { tone: Tone; icon: LucideIcon }> = {
  working: { tone: "running", icon: LoaderCircle },
  waiting_for_people: { tone: "person", icon: UserRound },
  with_colleague: { tone: "person", icon: UserRound },
  waiting_for_you: { tone: "person", icon: Hand },
  completed: { tone: "completed", icon: CircleCheck },
  declined: { tone: "quiet", icon: CircleX },
  timed_out: { tone: "quiet", icon: Clock },
  failed: { tone: "failed", icon: CircleAlert },
  cancelled: { tone: "quiet", icon: Ban },
};
