import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { pageContext } from "@/lib/server/page";
import { readSetUpLink } from "@/lib/services/auth/read-link";
import { AuthPanel } from "../_parts/auth-panel";
import { MessagePanel } from "../_parts/message-panel";
import { SetUpForm } from "./_parts/set-up-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("setup"))("title"), referrer: "no-referrer" };
}

interface SetUpPageProps {
  searchParams: Promise<{ token?: string }>;
}

export default async function SetUpPage({ searchParams }: SetUpPageProps) {
  const ctx = await pageContext("anyone");
  const { token = "" } = await searchParams;
  const [t, link] = await Promise.all([getTranslations("setup"), readSetUpLink(ctx, { token })]);
  if (!link.valid) {
    return (
      <MessagePanel
        title={t("badTitle")}
        body={t("badBody")}
        action={{ href: "/sign-in", label: t("signIn") }}
      />
    );
  }
  return (
    <AuthPanel title={t("title")} purpose={t("purpose")} foot={t("next")}>
      <SetUpForm token={token} />
    </AuthPanel>
  );
}
