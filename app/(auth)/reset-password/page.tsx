import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { pageContext } from "@/lib/server/page";
import { readResetLink } from "@/lib/services/auth/read-link";
import { MessagePanel } from "../_parts/message-panel";
import { ResetForm } from "./_parts/reset-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth"))("reset.title"), referrer: "no-referrer" };
}

interface ResetPageProps {
  searchParams: Promise<{ token?: string }>;
}

export default async function ResetPasswordPage({ searchParams }: ResetPageProps) {
  const ctx = await pageContext("anyone");
  const { token = "" } = await searchParams;
  const [t, link] = await Promise.all([getTranslations("auth"), readResetLink(ctx, { token })]);
  if (!link.valid) {
    return (
      <MessagePanel
        title={t("reset.badTitle")}
        body={t("reset.badBody")}
        action={{ href: "/sign-in", label: t("signUp.signIn") }}
      />
    );
  }
  return <ResetForm token={token} email={link.email} />;
}
