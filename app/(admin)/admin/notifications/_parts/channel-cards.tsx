"use client";
import { useSuspenseQuery } from "@tanstack/react-query";
import { BellRing } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import {
  useDeleteChannel,
  useTestChannel,
  useUpdateChannel,
} from "@/lib/client/hooks/notifications";
import { channelsQuery } from "@/lib/client/queries/notifications";
import type { Channel } from "@/lib/contracts/notifications";
import { Ago } from "@/lib/ui/primitives/ago";
import { Badge } from "@/lib/ui/primitives/badge";
import { Button } from "@/lib/ui/primitives/button";
import { Card } from "@/lib/ui/primitives/card";
import { ConfirmDialog } from "@/lib/ui/primitives/confirm-dialog";
import { EmptyState } from "@/lib/ui/primitives/empty-state";
import { Notice } from "@/lib/ui/primitives/notice";
import { toast } from "@/lib/ui/primitives/toaster";
import { useFailureText } from "../../../../_parts/use-failure-text";
import { AddChannel } from "./add-channel";
import { ChannelSheet } from "./channel-sheet";

/** All channels, each with what it is told and how the last message went. */
export function ChannelCards() {
  const t = useTranslations("adminNotifications");
  const { data } = useSuspenseQuery({ ...channelsQuery, refetchInterval: 15_000 });
  const [editing, setEditing] = useState<Channel | null>(null);
  const kind = data.kinds.find(({ id }) => id === editing?.kind);
  if (data.channels.length === 0) {
    return (
      <Card>
        <EmptyState
          icon={BellRing}
          title={t("empty.title")}
          body={t("empty.body")}
          action={<AddChannel look="secondary" />}
        />
      </Card>
    );
  }
  return (
    <>
      <div className="grid items-start gap-6 lg:grid-cols-2">
        {data.channels.map((channel) => (
          <ChannelCard key={channel.id} channel={channel} onEdit={() => setEditing(channel)} />
        ))}
      </div>
      {editing && kind ? (
        <ChannelSheet kind={kind} channel={editing} onClose={() => setEditing(null)} />
      ) : null}
    </>
  );
}

function ChannelCard({ channel, onEdit }: { channel: Channel; onEdit: () => void }) {
  const t = useTranslations("adminNotifications");
  const common = useTranslations("common");
  const failureText = useFailureText();
  const update = useUpdateChannel();
  const remove = useDeleteChannel();
  const failed = { onError: (error: Error) => toast.failed(failureText(error)) };
  const { id, name, kindLabel, enabled, events } = channel;
  return (
    <Card
      title={
        <span className="flex flex-wrap items-center gap-2">
          {name}
          {enabled ? null : <Badge tone="warn">{t("paused")}</Badge>}
        </span>
      }
      purpose={kindLabel}
    >
      <div className="flex flex-col gap-4">
        <ul className="flex flex-wrap gap-1.5">
          {events.map((event) => (
            <li key={event}>
              <Badge>{t(`event.${event}`)}</Badge>
            </li>
          ))}
        </ul>
        <LastMessage channel={channel} />
        <TestMessage id={id} />
        <div className="flex flex-wrap gap-2">
          <Button size="sm" onClick={onEdit}>
            {common("edit")}
          </Button>
          <Button
            size="sm"
            busy={update.isPending}
            onClick={() => update.mutate({ id, enabled: !enabled }, failed)}
          >
            {t(enabled ? "pause" : "resume")}
          </Button>
          <ConfirmDialog
            title={t("removeTitle", { name })}
            body={t("removeBody")}
            verb={t("remove")}
            onConfirm={() => remove.mutateAsync(id).catch(failed.onError)}
            trigger={<Button size="sm">{t("remove")}</Button>}
          />
        </div>
      </div>
    </Card>
  );
}

function LastMessage({ channel: { last } }: { channel: Channel }) {
  const t = useTranslations("adminNotifications");
  if (!last) return <p className="text-ink-muted text-sm">{t("nothingYet")}</p>;
  return (
    <p className="text-sm">
      {t(`states.${last.state}`)} <Ago at={last.at} />
      {last.error ? <span className="block break-words text-bad">{last.error}</span> : null}
    </p>
  );
}

function TestMessage({ id }: { id: string }) {
  const t = useTranslations("adminNotifications");
  const failureText = useFailureText();
  const test = useTestChannel();
  return (
    <div aria-live="polite" className="flex flex-col items-start gap-3">
      <Button size="sm" look="primary" busy={test.isPending} onClick={() => test.mutate(id)}>
        {t("test")}
      </Button>
      {test.error ? <Notice tone="bad">{failureText(test.error)}</Notice> : null}
      {test.data ? (
        <Notice tone={test.data.ok ? "good" : "bad"} title={t(test.data.ok ? "testOk" : "testBad")}>
          <code className="break-all font-mono text-xs">
            {[test.data.status, test.data.detail].filter(Boolean).join(" ")}
          </code>
        </Notice>
      ) : null}
    </div>
  );
}
