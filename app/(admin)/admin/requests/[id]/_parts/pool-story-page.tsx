"use client";
import { useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { poolRequestStoryQuery } from "@/lib/client/queries/requests";
import type { RequestRow, RequestStory } from "@/lib/contracts/requests";
import { Card } from "@/lib/ui/primitives/card";
import { StoryHeader } from "../../../../../(portal)/requests/[id]/_parts/story-page";
import { StoryView } from "../../../../../(portal)/requests/[id]/_parts/story-view";
import { Fact, Facts } from "../../../_parts/facts";
import { ChoiceTables } from "./choice-tables";

/** The story of anybody's request, with the person, the accounts and the choice in full. */
export function PoolStoryPage({ id }: { id: string }) {
  const { data: story } = useSuspenseQuery(poolRequestStoryQuery(id));
  return (
    <>
      <StoryHeader request={story.request} base="/admin/requests" />
      <Whose request={story.request} />
      <StoryView story={withoutAccounts(story)} base="/admin/requests" />
      <ChoiceTables attempts={story.attempts} />
    </>
  );
}

/** The choice is told in full below the story, so the story itself leaves the accounts out. */
function withoutAccounts(story: RequestStory): RequestStory {
  const attempts = story.attempts.map((attempt) => ({
    ...attempt,
    decision: { ...attempt.decision, accounts: [] },
  }));
  return { ...story, attempts };
}

/** Who asked and which account served. */
function Whose({ request: { user, account } }: { request: RequestRow }) {
  const t = useTranslations("adminRequests");
  return (
    <Card>
      <Facts>
        <Fact name={t("user")}>
          {user ? (
            <Link
              href={`/admin/requests?user=${user.id}`}
              className="text-accent-text hover:underline"
            >
              {user.name} ({user.email})
            </Link>
          ) : (
            t("noUser")
          )}
        </Fact>
        <Fact name={t("account")}>
          {account ? (
            <Link
              href={`/admin/accounts/${account.id}`}
              className="text-accent-text hover:underline"
            >
              {account.name}
            </Link>
          ) : (
            t("noAccount")
          )}
        </Fact>
      </Facts>
    </Card>
  );
}
