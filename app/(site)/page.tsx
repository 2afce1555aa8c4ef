import { Cable, KeyRound, ListTree, type LucideIcon } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { pageContext } from "@/lib/server/page";
import { readSignUpOptions } from "@/lib/services/auth/read-sign-up-options";
import { Button } from "@/lib/ui/primitives/button";
import { Card } from "@/lib/ui/primitives/card";
import { CopyButton } from "@/lib/ui/primitives/copy-button";
import { LiveStatus } from "./_parts/live-status";

export default async function LandingPage() {
  const ctx = await pageContext("anyone");
  const [t, options] = await Promise.all([getTranslations("site"), readSignUpOptions(ctx)]);
  const signedIn = ctx.actor.kind === "user";

  return (
    <div className="flex flex-col gap-14 py-4 md:py-10">
      <section className="flex max-w-180 flex-col gap-5">
        <h1 className="text-balance break-keep font-semibold text-2xl tracking-tight">
          {t("title")}
        </h1>
        <p className="text-pretty text-ink-muted text-lg">{t("lead")}</p>
        <div className="flex flex-wrap gap-3">
          {signedIn ? (
            <LinkButton primary href="/overview" label={t("open")} />
          ) : (
            <>
              {options.policy === "open" && !options.needsSetUp ? (
                <LinkButton primary href="/sign-up" label={t("signUp")} />
              ) : null}
              <LinkButton primary={options.policy !== "open"} href="/sign-in" label={t("signIn")} />
            </>
          )}
        </div>
      </section>
      <Steps />
      <div className="grid gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <Addresses address={ctx.publicUrl} />
        <LiveStatus />
      </div>
    </div>
  );
}

function LinkButton({ href, label, primary }: { href: string; label: string; primary: boolean }) {
  return (
    <Button asChild size="lg" look={primary ? "primary" : "secondary"}>
      <Link href={href}>{label}</Link>
    </Button>
  );
}

const STEPS: readonly (readonly ["key" | "connect" | "look", LucideIcon])[] = [
  ["key", KeyRound],
  ["connect", Cable],
  ["look", ListTree],
];

async function Steps() {
  const t = await getTranslations("site");
  return (
    <section className="flex flex-col gap-4">
      <h2 className="font-semibold text-xl">{t("stepsTitle")}</h2>
      <ol className="grid gap-4 md:grid-cols-3">
        {STEPS.map(([step, Icon]) => (
          <li
            key={step}
            className="flex flex-col gap-2 rounded-lg border border-line bg-surface p-5"
          >
            <span className="mb-1 inline-flex size-9 items-center justify-center rounded-md bg-accent-soft text-accent-text">
              <Icon aria-hidden="true" className="size-5" />
            </span>
            <h3 className="font-semibold text-lg">{t(`steps.${step}.title`)}</h3>
            <p className="text-pretty text-ink-muted">{t(`steps.${step}.body`)}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

async function Addresses({ address }: { address: string }) {
  const t = await getTranslations("site");
  const rows = [
    { name: t("anthropic"), url: `${address}/api/` },
    { name: t("gemini"), url: `${address}/gemini` },
    { name: t("openai"), url: `${address}/openai/v1` },
  ];
  return (
    <Card title={t("addresses")} purpose={t("addressesPurpose")}>
      <dl className="flex flex-col gap-2">
        {rows.map(({ name, url }) => (
          <div key={url} className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <dt className="w-full text-ink-muted sm:w-56">{name}</dt>
            <dd className="flex min-w-0 flex-1 items-center gap-1">
              <code className="min-w-0 break-all font-mono text-sm">{url}</code>
              <CopyButton text={url} what={name} />
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
