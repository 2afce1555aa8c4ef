"use client";
import { useTranslations } from "next-intl";
import type { OneTimeLink } from "@/lib/contracts/users";
import { useFormat } from "@/lib/ui/format/use-format";
import { CopyButton } from "@/lib/ui/primitives/copy-button";
import { useNowMs } from "@/lib/ui/primitives/use-now";

interface OneTimeLinkBoxProps {
  link: OneTimeLink;
  /** What the link is, for the copy button. */
  name: string;
}

/** A link to pass on, with its copy button and how long it holds. */
export function OneTimeLinkBox({ link, name }: OneTimeLinkBoxProps) {
  const t = useTranslations("adminUsers.invite");
  const format = useFormat();
  const now = useNowMs();
  return (
    <div className="flex flex-col gap-3">
      <output className="select-all break-all rounded-md border border-control bg-sunken px-3 py-2 font-mono text-sm">
        {link.url}
      </output>
      <div className="flex items-center justify-between gap-3">
        <span className="text-ink-muted text-sm">
          {t("validFor", { time: format.countdown(Date.parse(link.expiresAt) - now) })}
        </span>
        <CopyButton text={link.url} what={name} wide />
      </div>
    </div>
  );
}
