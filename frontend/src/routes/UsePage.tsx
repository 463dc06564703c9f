import { useEffect, useMemo, useState } from "react";
import { useLocation, useSearch } from "wouter";
import { useStore } from "zustand";

import { useNow } from "@/browser/now";
import { hoursAhead, spanOf } from "@/features/use/span";
import { Use } from "@/features/use/use";
import { UseDownload } from "@/features/use/UseDownload";
import { UseFilters } from "@/features/use/UseFilters";
import { UseReport } from "@/features/use/UseReport";
import { queryOf, type Sight, type View, viewFrom } from "@/features/use/view";
import { useMessages } from "@/messages/messages";
import { ListPage } from "@/ui/ListPage";
import { Notice } from "@/ui/Notice";

import { useApp } from "./context";
import { useTitle } from "./use_title";

/** Milliseconds. */
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NO_SIGHT: Sight = { viewerCanSeeUsers: false, viewerCanSeeAccounts: false };

export default function UsePage() {
  const { urls, api, session } = useApp();
  const words = useMessages().use;
  const [, navigate] = useLocation();
  const search = useSearch();
  const sight = useStore(session.store, (now) => (now.status === "signedIn" ? now.viewer : NO_SIGHT));
  const [use] = useState(() => new Use(api));
  const names = useStore(use.store, (now) => now.names);
  const hour = Math.floor(useNow(MINUTE) / HOUR) * HOUR;
  useTitle(words.title);

  const view = useMemo(() => viewFrom(search, sight), [search, sight]);
  // How it is shown and sorted asks for nothing anew.
  const asked = JSON.stringify([view.range, view.days, view.by, view.filter]);
  const question = useMemo(() => {
    const [range, days, by, filter] = JSON.parse(asked) as [View["range"], View["days"], View["by"], View["filter"]];
    return { span: spanOf(range, days, hour, hoursAhead(hour)), by, filter };
  }, [asked, hour]);
  const { measure } = view;
  useEffect(() => {
    const { span, by, filter } = question;
    if (span !== null) void use.show({ span, by, filter, measure });
  }, [use, question, measure]);

  const urlOf = (next: View) => urls.useOf(queryOf(next));
  const onView = (next: View) => navigate(urlOf(next), { replace: true });
  return (
    <ListPage
      title={words.title}
      action={question.span === null ? null : <UseDownload use={use} view={view} />}
      panel={null}
      closeUrl={urls.use}
      current={null}
    >
      <UseFilters view={view} span={question.span} sight={sight} names={names} urlOf={urlOf} onView={onView} />
      {question.span === null ? (
        <Notice tone="failed" announce what={words.badDays} />
      ) : (
        <UseReport use={use} view={view} urlOf={urlOf} onView={onView} />
      )}
    </ListPage>
  );
}
