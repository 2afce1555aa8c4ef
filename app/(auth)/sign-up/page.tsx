import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { LinkState, SignUpOptions } from "@/lib/contracts/auth";
import { pageContext } from "@/lib/server/page";
import { readInvitationLink } from "@/lib/services/auth/read-link";
import { readSignUpOptions } from "@/lib/services/auth/read-sign-up-options";
import { AuthPanel } from "../_parts/auth-panel";
import { MessagePanel } from "../_parts/message-panel";
import { InvitationForm } from "./_parts/invitation-form";
import { SignUpForm } from "./_parts/sign-up-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth"))("signUp.title") };
}

interface SignUpPageProps {
  searchParams: Promise<{ invitation?: string }>;
}

export default async function SignUpPage({ searchParams }: SignUpPageProps) {
  const ctx = await pageContext("anyone");
  if (ctx.actor.kind === "user") redirect("/overview");
  const { invitation } = await searchParams;
  const [t, options, link] = await Promise.all([
    getTranslations("auth"),
    readSignUpOptions(ctx),
    invitation ? readInvitationLink(ctx, { token: invitation }) : null,
  ]);
  const obstacle = obstacleOf(options, link);
  if (obstacle === "no-invitation") {
    return (
      <AuthPanel title={t("signUp.inviteTitle")} purpose={t("signUp.inviteBody")} foot={<Have />}>
        <InvitationForm />
      </AuthPanel>
    );
  }
  if (obstacle) {
    const [title, body] = WORDS[obstacle];
    const signIn = { href: "/sign-in", label: t("signUp.signIn") };
    return <MessagePanel title={t(title)} body={t(body)} action={signIn} />;
  }
  return (
    <AuthPanel
      title={t("signUp.title")}
      purpose={t(link ? "signUp.invited" : "signUp.purpose")}
      foot={<Have />}
    >
      <SignUpForm invitation={invitation ?? null} email={link?.email ?? null} />
    </AuthPanel>
  );
}

const WORDS = {
  "not-set-up": ["signUp.needsSetUpTitle", "signIn.needsSetUp"],
  "bad-invitation": ["signUp.badTitle", "signUp.badBody"],
  closed: ["signUp.closedTitle", "signUp.closedBody"],
} as const;

/** What stands between the reader and the form; null when nothing does. */
function obstacleOf(options: SignUpOptions, link: LinkState | null) {
  if (options.needsSetUp) return "not-set-up";
  if (link) return link.valid ? null : "bad-invitation";
  if (options.policy === "closed") return "closed";
  return options.policy === "invite" ? "no-invitation" : null;
}

async function Have() {
  const t = await getTranslations("auth");
  return (
    <p>
      {t("signUp.have")}{" "}
      <Link href="/sign-in" className="font-medium text-accent-text hover:underline">
        {t("signUp.signIn")}
      </Link>
    </p>
  );
}
