import { useTranslations } from "next-intl";
import type { WhatIfResult } from "@/lib/contracts/routing";
import { useFormat } from "@/lib/ui/format/use-format";
import { useWhen } from "@/lib/ui/format/use-when";
import { Stat } from "@/lib/ui/primitives/stat";
import { useExclusionWords } from "../../requests/[id]/_parts/use-exclusion-words";
import { MoveTable } from "./move-table";
import { ShareTable } from "./share-table";

/** What the change would have done to the latest choices. */
export function WhatIfResultView({ result }: { result: WhatIfResult }) {
  const t = useTranslations("adminRouting");
  const format = useFormat();
  const when = useWhen();
  const { replayed, unreadable, from, to, shares, moves } = result;
  if (replayed === 0 || from === null || to === null) {
    return <p className="text-ink-muted">{t("nothing")}</p>;
  }
  const shareOf = (count: number) => format.share(count / replayed);
  const span = { from: when.clock(Date.parse(from)), to: when.clock(Date.parse(to)) };
  return (
    <section aria-live="polite" className="flex flex-col gap-5 border-line border-t pt-5">
      <h3 className="font-semibold text-lg">
        {t("result")}
        <span className="ms-2 font-normal text-ink-muted text-sm">
          {t("span2", { count: replayed, ...span })}
        </span>
      </h3>
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <Stat label={t("same")} value={shareOf(result.same)} />
        <Stat label={t("moved")} value={shareOf(result.moved)} />
        <Stat label={t("refused")} value={shareOf(result.refused)} />
        <Stat
          label={t("reproduced")}
          value={shareOf(result.reproduced)}
          note={t("reproducedNote")}
        />
      </div>
      <ShareTable shares={shares} total={replayed} />
      {moves.length > 0 ? <MoveTable moves={moves} /> : null}
      <Reasons reasons={result.reasons} />
      <p className="text-ink-muted text-sm">
        {t("assumptions")} {unreadable > 0 ? t("unreadable", { count: unreadable }) : null}
      </p>
    </section>
  );
}

function Reasons({ reasons }: Pick<WhatIfResult, "reasons">) {
  const t = useTranslations("adminRouting");
  const reasonOf = useExclusionWords();
  const lines = Object.entries(reasons).sort(([, a], [, b]) => b - a);
  if (lines.length === 0) return null;
  return (
    <div className="flex flex-col gap-1">
      <h4 className="font-medium">{t("why")}</h4>
      <ul className="text-sm">
        {lines.map(([reason, count]) => (
          <li key={reason}>{t("whyLine", { reason: reasonOf(reason), count })}</li>
        ))}
      </ul>
    </div>
  );
}
