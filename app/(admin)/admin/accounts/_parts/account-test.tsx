"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAccountTest } from "@/lib/client/hooks/accounts";
import type { TestLine } from "@/lib/contracts/accounts";
import { useFormat } from "@/lib/ui/format/use-format";
import { Button } from "@/lib/ui/primitives/button";
import { Field } from "@/lib/ui/primitives/field";
import { Input } from "@/lib/ui/primitives/input";
import { Notice } from "@/lib/ui/primitives/notice";
import { Spinner } from "@/lib/ui/primitives/spinner";
import { useFailureText } from "../../../../_parts/use-failure-text";
import { useFailureWords } from "../../../../(portal)/requests/_parts/failure-words";

/** Runs the test call of an account and shows what happens as it happens. */
export function AccountTest({ id }: { id: string }) {
  const t = useTranslations("adminAccounts.detail");
  const failureText = useFailureText();
  const [model, setModel] = useState("");
  const { running, lines, error, run } = useAccountTest(id);
  const start = () => void run(model.trim() ? { model: model.trim() } : {});
  return (
    <div className="flex flex-col gap-4">
      <form
        className="flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          start();
        }}
      >
        <Field
          label={t("testModel")}
          help={t("testModelHelp")}
          className="min-w-48 flex-1"
          optional
        >
          {(control) => (
            <Input
              {...control}
              mono
              maxLength={200}
              value={model}
              autoComplete="off"
              onChange={(event) => setModel(event.target.value)}
            />
          )}
        </Field>
        <Button type="submit" look="primary" busy={running} className="mb-6">
          {t("runTest")}
        </Button>
      </form>
      {error ? <Notice tone="bad" title={failureText(error)} /> : null}
      {lines.length > 0 || running ? (
        <ol
          aria-live="polite"
          aria-label={t("test")}
          className="flex flex-col gap-2 rounded-md bg-sunken p-3"
        >
          {lines.map((line) => (
            <Line key={`${line.kind}-${line.atMs}`} line={line} />
          ))}
          {running ? (
            <li className="flex items-center gap-2 text-ink-muted text-sm">
              <Spinner />
              {t("testing")}
            </li>
          ) : null}
        </ol>
      ) : null}
    </div>
  );
}

function Line({ line }: { line: TestLine }) {
  const format = useFormat();
  return (
    <li className="grid grid-cols-[4.5rem_minmax(0,1fr)] gap-3 text-sm">
      <span className="text-end text-ink-muted">{format.duration(line.atMs)}</span>
      <LineText line={line} />
    </li>
  );
}

function LineText({ line }: { line: TestLine }) {
  const t = useTranslations("adminAccounts.detail.lines");
  const words = useFailureWords();
  if (line.kind === "failed") {
    return (
      <div className="flex flex-col gap-0.5 text-bad">
        <span className="font-medium">{words(line.code)?.title}</span>
        <span className="break-words">{line.message}</span>
      </div>
    );
  }
  if (line.kind === "text") {
    return (
      <pre className="max-h-48 overflow-auto whitespace-pre-wrap break-all font-mono text-xs">
        {line.text}
      </pre>
    );
  }
  if (line.kind === "done") return <span className="font-medium text-good">{t("done")}</span>;
  const text =
    line.kind === "started"
      ? t("started", { url: line.url, model: line.model })
      : t("head", { status: String(line.status) });
  return <span className="break-words">{text}</span>;
}
