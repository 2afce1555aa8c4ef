"use client";

import { Command } from "cmdk";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Dialog as RadixDialog } from "radix-ui";
import { useEffect, useState } from "react";
import { type CommandHit, useCommandHits } from "./command-sources";
import { Scrim } from "./dialog";
import { Kbd } from "./kbd";
import { Spinner } from "./spinner";

interface CommandPaletteProps {
  /** The pages of this area, always searchable. */
  pages: readonly { href: string; label: string }[];
}

/** Search over pages and whatever sources are registered; opens with ⌘K or Ctrl K. */
export function CommandPalette({ pages }: CommandPaletteProps) {
  const t = useTranslations("shell");
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      setOpen((now) => !now);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  return (
    <RadixDialog.Root open={open} onOpenChange={setOpen}>
      <RadixDialog.Trigger className="inline-flex h-8 items-center gap-2 rounded-md border border-line bg-surface px-2.5 text-ink-muted text-sm transition-colors hover:bg-hover sm:w-56">
        <Search aria-hidden="true" className="size-4" />
        <span className="sr-only flex-1 text-start sm:not-sr-only">{t("search")}</span>
        <span aria-hidden="true" className="hidden gap-1 sm:inline-flex">
          <Kbd>⌘</Kbd>
          <Kbd>K</Kbd>
        </span>
      </RadixDialog.Trigger>
      <RadixDialog.Portal>
        <Scrim />
        <RadixDialog.Content
          aria-describedby={undefined}
          className="fixed inset-x-4 top-[12dvh] z-50 mx-auto max-w-140 overflow-hidden rounded-lg border border-line bg-raised shadow-float outline-none"
        >
          <RadixDialog.Title className="sr-only">{t("search")}</RadixDialog.Title>
          <Palette pages={pages} close={() => setOpen(false)} />
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

function Palette({ pages, close }: CommandPaletteProps & { close: () => void }) {
  const t = useTranslations("shell");
  const router = useRouter();
  const [query, setQuery] = useState("");
  const { groups, busy } = useCommandHits(query);
  const go = (href: string) => {
    close();
    router.push(href);
  };
  const wanted = query.trim().toLowerCase();
  const found = pages.filter((page) => page.label.toLowerCase().includes(wanted));
  const empty = found.length === 0 && groups.length === 0 && !busy;
  return (
    <Command shouldFilter={false} label={t("search")}>
      <div className="flex items-center gap-2.5 border-line border-b px-4">
        <Search aria-hidden="true" className="size-4 shrink-0 text-ink-muted" />
        <Command.Input
          value={query}
          onValueChange={setQuery}
          placeholder={t("searchPlaceholder")}
          className="h-12 flex-1 bg-transparent text-lg outline-none placeholder:text-ink-faint"
        />
        {busy ? <Spinner className="text-ink-muted" /> : null}
      </div>
      <Command.List className="max-h-[50dvh] overflow-y-auto p-2">
        {empty ? (
          <p className="px-2 py-6 text-center text-ink-muted">{t("noResults", { query })}</p>
        ) : null}
        <Hits
          heading={t("pages")}
          hits={found.map((page) => ({ id: page.href, ...page }))}
          go={go}
        />
        {groups.map(({ id, heading, hits }) => (
          <Hits key={id} heading={heading} hits={hits} go={go} />
        ))}
      </Command.List>
    </Command>
  );
}

interface HitsProps {
  heading: string;
  hits: readonly CommandHit[];
  go: (href: string) => void;
}

function Hits({ heading, hits, go }: HitsProps) {
  if (hits.length === 0) return null;
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-ink-muted [&_[cmdk-group-heading]]:text-xs"
    >
      {hits.map((hit) => (
        <Command.Item
          key={hit.id}
          value={`${heading}-${hit.id}`}
          onSelect={() => go(hit.href)}
          className="flex min-h-9 cursor-default items-center justify-between gap-3 rounded-md px-2 data-[selected=true]:bg-hover"
        >
          <span className="truncate">{hit.label}</span>
          {hit.hint ? (
            <span className="truncate font-mono text-ink-muted text-xs">{hit.hint}</span>
          ) : null}
        </Command.Item>
      ))}
    </Command.Group>
  );
}
