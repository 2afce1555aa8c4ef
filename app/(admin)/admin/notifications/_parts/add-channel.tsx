"use client";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { channelsQuery } from "@/lib/client/queries/notifications";
import type { ChannelKind } from "@/lib/contracts/notifications";
import { Button } from "@/lib/ui/primitives/button";
import { Sheet } from "@/lib/ui/primitives/sheet";
import { ChannelSheet } from "./channel-sheet";

/** The button that adds a channel: first its kind, then the fields that this kind asks for. */
export function AddChannel({ look = "primary" }: { look?: "primary" | "secondary" }) {
  const t = useTranslations("adminNotifications");
  const { data } = useSuspenseQuery(channelsQuery);
  const [open, setOpen] = useState(false);
  const [kind, setKind] = useState<ChannelKind | null>(null);
  const show = (next: boolean) => {
    setOpen(next);
    setKind(null);
  };
  return (
    <>
      <Button look={look} onClick={() => show(true)}>
        <Plus aria-hidden="true" />
        {t("add")}
      </Button>
      {kind ? <ChannelSheet kind={kind} channel={null} onClose={() => show(false)} /> : null}
      {open && !kind ? (
        <Sheet title={t("add")} purpose={t("kindPurpose")} open onOpenChange={show}>
          <ul className="flex flex-col gap-2">
            {data.kinds.map((one) => (
              <li key={one.id}>
                <button
                  type="button"
                  onClick={() => setKind(one)}
                  className="w-full cursor-pointer rounded-md border border-line bg-surface px-4 py-3 text-start font-medium hover:bg-sunken focus-visible:outline-2 focus-visible:outline-accent-text"
                >
                  {one.label}
                  <span className="block font-normal text-ink-muted text-sm">
                    {t(`kinds.${one.id}` as "kinds.webhook")}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </Sheet>
      ) : null}
    </>
  );
}
