import { serveTrpc } from "@/server/routes/serve-trpc";

export { serveTrpc as GET, serveTrpc as POST };
