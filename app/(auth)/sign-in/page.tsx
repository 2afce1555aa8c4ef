import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { pageContext } from "@/lib/server/page";
import { readSignUpOptions } from "@/lib/services/auth/read-sign-up-options";
import { Notice } from "@/lib/ui/primitives/notice";
import { AuthPanel } from "../_parts/auth-panel";
import { ownPath } from "../_parts/own-path";
import { SignInForm } from "./_parts/sign-in-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth"))("signIn.title") };
}

interface SignInPageProps {
  searchParams: Promise<{ callbackUrl?: string }>;
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const ctx = await pageContext("anyone");
  const next = ownPath((await searchParams).callbackUrl);
  if (ctx.actor.kind === "user") redirect(next);
  const [t, options] = await Promise.all([getTranslations("auth"), readSignUpOptions(ctx)]);

  // Nobody could sign in, and the only way to an account is the set-up link.
  if (options.needsSetUp) {
    return (
      <AuthPanel title={t("signIn.title")} purpose={t("signIn.purpose")}>
        <Notice tone="warn">{t("signIn.needsSetUp")}</Notice>
      </AuthPanel>
    );
  }
  return (
    <AuthPanel
      title={t("signIn.title")}
      purpose={t("signIn.purpose")}
      foot={
        <div className="flex flex-col gap-2">
          {options.policy === "closed" ? null : (
            <p>
              {t("signIn.noAccount")}{" "}
              <Link href="/sign-up" className="font-medium text-accent-text hover:underline">
                {t("signIn.signUp")}
              </Link>
            </p>
          )}
          <p className="text-sm">{t("signIn.forgot")}</p>
        </div>
      }
    >
      <SignInForm next={next} />
    </AuthPanel>
  );
}
