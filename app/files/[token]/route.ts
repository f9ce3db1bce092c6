import { serveFile } from "@/server/modules/files/service";

/** A file under an address that holds for five minutes. */
export async function GET(request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  return serveFile((await params).token, request.headers);
}
