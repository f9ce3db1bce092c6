"use client";
import { Page, PageHeader } from "@/components/shell/page-header";
import { MemberSignIns } from "./member-sign-ins";
import { PasswordForm } from "./password-form";
import { SignInList } from "./sign-in-list";

/** Where a person is signed in, and their password; for admins also the sign-ins of members. */
export function SecurityScreen({ mayManageMembers }: { mayManageMembers: boolean }) {
  return (
    <Page>
      <PageHeader title="Security" note="Where you are signed in, and your password." />
      <div className="flex max-w-[760px] flex-col gap-10">
        <SignInList />
        <PasswordForm />
        {mayManageMembers && <MemberSignIns />}
      </div>
    </Page>
  );
}
