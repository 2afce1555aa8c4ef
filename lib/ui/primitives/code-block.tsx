"use client";

import { Tabs as RadixTabs } from "radix-ui";
import { CopyButton } from "./copy-button";

export type CodeLanguage =
  | "bash"
  | "zsh"
  | "powershell"
  | "json"
  | "toml"
  | "python"
  | "typescript"
  | "text";

const LANGUAGE_NAMES: Record<CodeLanguage, string> = {
  bash: "bash",
  zsh: "zsh",
  powershell: "PowerShell",
  json: "JSON",
  toml: "TOML",
  python: "Python",
  typescript: "TypeScript",
  text: "Text",
};

export interface CodeVariant {
  language: CodeLanguage;
  /** Instead of the language's own name on the tab. */
  label?: string;
  code: string;
  /** What the copy button gives when it differs from what is shown: the full key behind a masked one. */
  copy?: string;
}

interface CodeBlockProps {
  variants: readonly [CodeVariant, ...CodeVariant[]];
  /** What the code is, read out as its name. */
  label: string;
}

/** Code to take away, in one or several languages, with a copy button. */
export function CodeBlock({ variants, label }: CodeBlockProps) {
  const nameOf = (variant: CodeVariant) => variant.label ?? LANGUAGE_NAMES[variant.language];
  return (
    <RadixTabs.Root
      defaultValue={nameOf(variants[0])}
      className="min-w-0 overflow-hidden rounded-lg border border-line bg-sunken"
    >
      <div className="flex items-center border-line border-b ps-2 pe-1.5">
        <RadixTabs.List aria-label={label} className="flex min-w-0 flex-1 overflow-x-auto">
          {variants.map((variant) => (
            <RadixTabs.Trigger
              key={nameOf(variant)}
              value={nameOf(variant)}
              className="-mb-px whitespace-nowrap border-transparent border-b-2 px-2 py-2 text-ink-muted text-sm hover:text-ink focus-visible:outline-offset-[-2px] data-[state=active]:border-accent-text data-[state=active]:text-ink"
            >
              {nameOf(variant)}
            </RadixTabs.Trigger>
          ))}
        </RadixTabs.List>
        {variants.map((variant) => (
          <RadixTabs.Content key={nameOf(variant)} value={nameOf(variant)} tabIndex={-1} asChild>
            <span>
              <CopyButton text={variant.copy ?? variant.code} what={label} />
            </span>
          </RadixTabs.Content>
        ))}
      </div>
      {variants.map((variant) => (
        <RadixTabs.Content
          key={nameOf(variant)}
          value={nameOf(variant)}
          className="overflow-x-auto outline-offset-[-2px]"
        >
          <pre className="w-max min-w-full px-4 py-3 font-mono text-sm">
            <code>{variant.code}</code>
          </pre>
        </RadixTabs.Content>
      ))}
    </RadixTabs.Root>
  );
}
