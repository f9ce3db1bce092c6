import {
  Bell, BellRing, Bot, Box, Braces, Calculator, CircleCheck, CircleCheckBig, CirclePlay, CircleStop, Clock, Code, Database, FileInput, FileText, Flag, FormInput, GitBranch,
  GitFork, Globe, Hand, Hourglass, Layers, ListChecks, Mail, MessageCircle, MessageSquare, Pause, Play, Plug, Repeat, Route, Send, Server, Shield, ShieldCheck, Shuffle,
  Sparkles, Split, SquareCheck, Timer, UserCheck, UserRound, Users, Variable, Webhook, Workflow, Wrench, Zap, type LucideIcon,
} from "lucide-react";

/** A lucide icon by its kebab-case name. Only those named here are sent to the browser; an unknown name draws a box. */
export function Icon({ name, size }: { name: string; size: number }) {
  const Glyph = byName[name] ?? Box;
  return <Glyph size={size} strokeWidth={2.25} aria-hidden />;
}

const byName: Record<string, LucideIcon> = {
  bell: Bell, "bell-ring": BellRing, bot: Bot, box: Box, braces: Braces, calculator: Calculator, "circle-check": CircleCheck, "circle-check-big": CircleCheckBig,
  "circle-play": CirclePlay, "circle-stop": CircleStop, clock: Clock, code: Code, database: Database, "file-input": FileInput, "file-text": FileText, flag: Flag,
  "form-input": FormInput, "git-branch": GitBranch, "git-fork": GitFork, globe: Globe, hand: Hand, hourglass: Hourglass, layers: Layers, "list-checks": ListChecks,
  mail: Mail, "message-circle": MessageCircle, "message-square": MessageSquare, pause: Pause, play: Play, plug: Plug, repeat: Repeat, route: Route, send: Send,
  server: Server, shield: Shield, "shield-check": ShieldCheck, shuffle: Shuffle, sparkles: Sparkles, split: Split, "square-check": SquareCheck, timer: Timer,
  "user-check": UserCheck, "user-round": UserRound, users: Users, variable: Variable, webhook: Webhook, workflow: Workflow, wrench: Wrench, zap: Zap,
};
