"use client";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { ApiError } from "@/lib/client/api";
import { useCreateChannel, useUpdateChannel } from "@/lib/client/hooks/notifications";
import type { FormField } from "@/lib/contracts/accounts";
import { type Channel, type ChannelKind, NotifiedEvent } from "@/lib/contracts/notifications";
import { Button } from "@/lib/ui/primitives/button";
import { Checkbox } from "@/lib/ui/primitives/checkbox";
import { Field } from "@/lib/ui/primitives/field";
import { Input } from "@/lib/ui/primitives/input";
import { Select } from "@/lib/ui/primitives/select";
import { Sheet } from "@/lib/ui/primitives/sheet";
import { toast } from "@/lib/ui/primitives/toaster";
import { PasswordInput } from "../../../../_parts/password-input";
import { useFailureText } from "../../../../_parts/use-failure-text";
import { RefusedAddress } from "../../accounts/_parts/refused-address";
import { type ChannelValues, fromChannel, typedParts } from "./channel-values";

interface ChannelSheetProps {
  kind: ChannelKind;
  /** The channel to change; null adds one. */
  channel: Channel | null;
  onClose: () => void;
}

/** The form of a channel, drawn from its kind's own fields. */
export function ChannelSheet({ kind, channel, onClose }: ChannelSheetProps) {
  const t = useTranslations("adminNotifications");
  const common = useTranslations("common");
  const locale = useLocale() === "zh" ? "zh" : "en";
  const [values, setValues] = useState(() => fromChannel(kind, channel, locale));
  const create = useCreateChannel();
  const update = useUpdateChannel();
  const error = create.error ?? update.error;
  const busy = create.isPending || update.isPending;
  const change = (changes: Partial<ChannelValues>) => setValues({ ...values, ...changes });
  const done = ({ name }: Channel) => {
    toast.done(t("saved", { name }));
    onClose();
  };
  const submit = () => {
    const { settings, secret } = typedParts(values);
    const fields = {
      name: values.name,
      locale: values.locale,
      events: [...values.events],
      settings,
    };
    if (channel) {
      update.mutate({ id: channel.id, ...fields, ...(secret && { secret }) }, { onSuccess: done });
    } else {
      create.mutate({ kind: kind.id, ...fields, secret: secret ?? {} }, { onSuccess: done });
    }
  };
  return (
    <Sheet
      title={channel ? channel.name : `${t("add")}: ${kind.label}`}
      purpose={t("sheetPurpose")}
      open
      onOpenChange={(open) => !open && onClose()}
      actions={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button look="primary" type="submit" form="channel-form" busy={busy}>
            {common("save")}
          </Button>
        </>
      }
    >
      <form
        id="channel-form"
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Refusal error={error} values={values} kind={kind} />
        <Field label={t("name")} error={fieldProblem(error, "name")}>
          {(control) => (
            <Input
              {...control}
              value={values.name}
              maxLength={100}
              onChange={(event) => change({ name: event.target.value })}
            />
          )}
        </Field>
        <PartFields
          fields={kind.settings}
          values={values.settings}
          problemOf={(name) => fieldProblem(error, `settings.${name}`)}
          onChange={(settings) => change({ settings })}
        />
        <PartFields
          secret
          kept={channel !== null}
          fields={kind.secret}
          values={values.secret}
          problemOf={(name) => fieldProblem(error, `secret.${name}`)}
          onChange={(secret) => change({ secret })}
        />
        <Events values={values} onChange={change} />
        <Language values={values} onChange={change} />
      </form>
    </Sheet>
  );
}

function fieldProblem(error: unknown, path: string): string | undefined {
  return error instanceof ApiError ? error.fields[path] : undefined;
}

/** What is wrong with the whole, and the way to allow an address inside the network. */
function Refusal({
  error,
  values,
  kind,
}: {
  error: unknown;
  values: ChannelValues;
  kind: ChannelKind;
}) {
  const failureText = useFailureText();
  if (!error) return null;
  const refused = fieldProblem(error, "address");
  const { host, port } = values.settings;
  const server = host ? `https://${host}:${port || 465}` : "";
  const address = [...kind.secret, ...kind.settings]
    .map(({ name }) => values.secret[name] ?? values.settings[name] ?? "")
    .concat(server)
    .find((text) => /^https?:/.test(text));
  return (
    <>
      <p role="alert" className="text-bad text-sm">
        {failureText(error)}
      </p>
      {refused && address ? <RefusedAddress address={address} accountName={values.name} /> : null}
    </>
  );
}

interface PartFieldsProps {
  fields: readonly FormField[];
  values: Readonly<Record<string, string>>;
  problemOf: (name: string) => string | undefined;
  onChange: (values: Readonly<Record<string, string>>) => void;
  secret?: boolean;
  /** A stored secret stays where nothing is typed. */
  kept?: boolean;
}

function PartFields({ fields, values, problemOf, onChange, secret, kept }: PartFieldsProps) {
  const t = useTranslations("adminNotifications");
  const known = useTranslations("adminNotifications.fields");
  const Box = secret ? PasswordInput : Input;
  const words = (name: string, part: "label" | "help", fallback: string) => {
    const key = `${name}.${part}` as Parameters<typeof known.has>[0];
    return known.has(key) ? known(key) : fallback;
  };
  return fields.map(({ name, label, help, required }) => (
    <Field
      key={name}
      label={words(name, "label", label)}
      help={kept ? t("kept") : words(name, "help", help ?? "")}
      optional={!required}
      error={problemOf(name)}
    >
      {(control) => (
        <Box
          {...control}
          mono
          value={values[name] ?? ""}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange({ ...values, [name]: event.target.value })}
        />
      )}
    </Field>
  ));
}

interface ValuePartProps {
  values: ChannelValues;
  onChange: (changes: Partial<ChannelValues>) => void;
}

function Language({ values, onChange }: ValuePartProps) {
  const t = useTranslations("adminNotifications");
  return (
    <Field label={t("language")}>
      {(control) => (
        <Select
          {...control}
          value={values.locale}
          onValueChange={(next) => onChange({ locale: next === "zh" ? "zh" : "en" })}
          choices={[
            { value: "en", label: "English" },
            { value: "zh", label: "中文" },
          ]}
        />
      )}
    </Field>
  );
}

function Events({ values, onChange }: ValuePartProps) {
  const t = useTranslations("adminNotifications");
  return (
    <fieldset className="flex flex-col gap-2.5">
      <legend className="pb-2 font-medium">{t("events")}</legend>
      {NotifiedEvent.options.map((event) => (
        <Field key={event} label={t(`event.${event}`)} inline>
          {(control) => (
            <Checkbox
              {...control}
              checked={values.events.includes(event)}
              onCheckedChange={(on) =>
                onChange({
                  events: NotifiedEvent.options.filter((one) =>
                    one === event ? on === true : values.events.includes(one),
                  ),
                })
              }
            />
          )}
        </Field>
      ))}
    </fieldset>
  );
}
