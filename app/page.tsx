import { cookies } from "next/headers";
import { LandingPage } from "@/components/landing/landing-page";
import { readTheme, themeCookie } from "@/components/ui/theme";

export default async function Page() {
  const theme = readTheme((await cookies()).get(themeCookie)?.value);
  return <LandingPage theme={theme} signedIn={false} />;
}
