"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { usePreviewImport, useRunImport } from "@/lib/client/hooks/imports";
import type { ImportBody } from "@/lib/contracts/imports";
import { Button } from "@/lib/ui/primitives/button";
import { Card } from "@/lib/ui/primitives/card";
import { Segmented } from "@/lib/ui/primitives/segmented";
import { useFailureText } from "../../../../_parts/use-failure-text";
import { ImportItems } from "./import-items";
import { ImportSecrets } from "./import-secrets";
import { ImportSource } from "./import-source";
import { EMPTY, type ImportProblem, type ImportValues, importBody } from "./import-values";
import { useImportProblems } from "./use-import-problems";

/** Where to import from, then what would be done, then what was done. */
export function ImportCard() {
  const t = useTranslations("adminImport");
  const failureText = useFailureText();
  const [values, setValues] = useState<ImportValues>(EMPTY);
  const [problem, setProblem] = useState<ImportProblem | null>(null);
  const [body, setBody] = useState<ImportBody | null>(null);
  const preview = usePreviewImport();
  const run = useRunImport();
  const failure = run.error ?? preview.error;
  const problems = useImportProblems(problem, failure);
  const change = (changes: Partial<ImportValues>) => {
    setValues({ ...values, ...changes });
    setProblem(null);
    setBody(null);
    preview.reset();
    run.reset();
  };
  const look = async () => {
    const read = await importBody(values);
    if ("field" in read) return setProblem(read);
    setBody(read);
    run.reset();
    preview.mutate(read);
  };
  return (
    <Card title={t("source")} purpose={t("sourcePurpose")}>
      <form
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          void look();
        }}
      >
        <div>
          <Segmented
            label={t("from")}
            value={values.kind}
            onValueChange={(kind) => change({ kind: kind === "live" ? "live" : "file" })}
            choices={[
              { value: "file", label: t("file") },
              { value: "live", label: t("live") },
            ]}
          />
        </div>
        <ImportSource values={values} onChange={change} problemOf={problems.of} />
        <ImportSecrets values={values} onChange={change} problemOf={problems.of} />
        {failure && !problems.any ? (
          <p role="alert" className="text-bad text-sm">
            {failureText(failure)}
          </p>
        ) : null}
        <div className="flex justify-end">
          <Button
            type="submit"
            look={preview.data ? "secondary" : "primary"}
            busy={preview.isPending}
          >
            {t("preview")}
          </Button>
        </div>
      </form>
      {run.data ? <ImportItems report={run.data.report} label={run.data.label} done /> : null}
      {preview.data && body && !run.data ? (
        <ImportItems
          report={preview.data}
          label=""
          busy={run.isPending}
          onRun={() => run.mutate(body)}
        />
      ) : null}
    </Card>
  );
}
