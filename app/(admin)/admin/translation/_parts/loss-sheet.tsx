import { ExternalLink } from "lucide-react";
import { useTranslations } from "next-intl";
import type { KnownLossLine } from "@/lib/contracts/translation";
import { Sheet } from "@/lib/ui/primitives/sheet";
import type { Square } from "./matrix-model";

interface LossSheetProps {
  square: Square;
  onClose: () => void;
}

/** What one pair of formats loses, on the way to the upstream and on the way back. */
export function LossSheet({ square, onClose }: LossSheetProps) {
  const t = useTranslations("adminTranslation");
  const { face, upstream, losses } = square;
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("pair", { face: t(`short.${face}`), upstream: t(`short.${upstream}`) })}
      purpose={t(losses ? "sheet.purpose" : "sheet.bytesPass")}
    >
      {losses ? (
        <div className="flex flex-col gap-7">
          <Way title={t("sheet.call")} none={t("sheet.noCall")} lines={losses.call} />
          <Way title={t("sheet.answer")} none={t("sheet.noAnswer")} lines={losses.answer} />
          <p className="text-ink-muted text-sm">{t("sheet.never")}</p>
        </div>
      ) : (
        <p>{t("sheet.bytesPassBody")}</p>
      )}
    </Sheet>
  );
}

interface WayProps {
  title: string;
  none: string;
  lines: readonly KnownLossLine[];
}

function Way({ title, none, lines }: WayProps) {
  return (
    <section className="flex flex-col gap-2">
      <h3 className="flex items-baseline gap-2 font-semibold">
        {title}
        {lines.length > 0 ? (
          <span className="font-normal text-ink-muted text-sm tabular-nums">{lines.length}</span>
        ) : null}
      </h3>
      {lines.length === 0 ? <p className="text-ink-muted text-sm">{none}</p> : null}
      <ul className="flex flex-col">
        {lines.map((line) => (
          <LossLine key={line.kind} line={line} />
        ))}
      </ul>
    </section>
  );
}

function LossLine({ line: { kind, why, see } }: { line: KnownLossLine }) {
  const t = useTranslations("adminTranslation");
  const name = t(`kinds.${kind}`);
  return (
    <li className="flex flex-col gap-1 border-line border-t py-3">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="font-medium">{name}</span>
        <code className="font-mono text-ink-muted text-xs">{kind}</code>
      </p>
      <p lang="en" className="text-ink-muted text-sm">
        {why}
      </p>
      <a
        href={see}
        target="_blank"
        rel="noreferrer"
        className="inline-flex w-fit items-center gap-1 text-accent-text text-sm hover:underline"
      >
        {t("sheet.see", { site: new URL(see).hostname })}
        <span className="sr-only">: {name}</span>
        <ExternalLink aria-hidden="true" className="size-3.5" />
      </a>
    </li>
  );
}
