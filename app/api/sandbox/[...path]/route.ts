import { answerSandbox } from "@/server/sandbox/demo-sandbox";

export const dynamic = "force-dynamic";

export const GET = answerSandbox;
export const POST = answerSandbox;
