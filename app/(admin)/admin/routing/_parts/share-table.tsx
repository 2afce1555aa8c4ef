import Link from "next/link";
import { useTranslations } from "next-intl";
import type { WhatIfResult } from "@/lib/contracts/routing";
import { cn } from "@/lib/ui/class-names";
import { useFormat } from "@/lib/ui/format/use-format";
import { ScrollRegion } from "@/lib/ui/primitives/scroll-region";

interface ShareTableProps {
  shares: WhatIfResult["shares"];
  total: number;
}

/** How many choices fell on each account, as recorded and with the change, as numbers and bars. */
export function ShareTable({ shares, total }: ShareTableProps) {
  const t = useTranslations("adminRouting");
  const format = useFormat();
  return (
    <ScrollRegion label={t("shares")} className="overflow-x-auto rounded-md">
      <table className="w-full text-sm">
        <caption className="pb-2 text-start font-medium">{t("shares")}</caption>
        <thead>
          <tr className="border-line border-b text-ink-muted">
            <th className="py-2 text-start font-medium">{t("account")}</th>
            <th className="py-2 ps-4 text-end font-medium">{t("before")}</th>
            <th className="py-2 ps-4 text-end font-medium">{t("after")}</th>
            <th className="py-2 ps-4 text-end font-medium">{t("difference")}</th>
            <td className="w-2/5 max-sm:hidden" />
          </tr>
        </thead>
        <tbody>
          {shares.map(({ id, name, before, after }) => (
            <tr key={id} className="border-line border-b tabular-nums last:border-b-0">
              <th scope="row" className="py-2 text-start font-normal">
                <Link href={`/admin/accounts/${id}`} className="text-accent-text hover:underline">
                  {name}
                </Link>
              </th>
              <td className="py-2 ps-4 text-end">{format.share(before / total)}</td>
              <td className="py-2 ps-4 text-end">{format.share(after / total)}</td>
              <td className="py-2 ps-4 text-end text-ink-muted">
                {after > before ? "+" : ""}
                {after - before}
              </td>
              <td className="py-2 ps-4 max-sm:hidden">
                <Bar share={before / total} quiet />
                <Bar share={after / total} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** The numbers stand beside it: to a screen reader it says nothing more. */
function Bar({ share, quiet }: { share: number; quiet?: boolean }) {
  return (
    <svg aria-hidden="true" className="mt-0.5 block h-1.5 w-full" preserveAspectRatio="none">
      <rect
        width={`${Math.max(share * 100, 0.3)}%`}
        height="100%"
        rx="2"
        className={cn(quiet ? "fill-control" : "fill-accent")}
      />
    </svg>
  );
}
