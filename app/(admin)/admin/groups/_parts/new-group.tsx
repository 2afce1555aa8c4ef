"use client";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/lib/ui/primitives/button";
import { GroupSheet } from "./group-sheet";

/** The button that makes a group. */
export function NewGroup({ look = "primary" }: { look?: "primary" | "secondary" }) {
  const t = useTranslations("adminGroups");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look={look} onClick={() => setOpen(true)}>
        <Plus aria-hidden="true" />
        {t("add")}
      </Button>
      {open ? <GroupSheet group={null} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
