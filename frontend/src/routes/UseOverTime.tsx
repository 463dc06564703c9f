import { lazy, Suspense } from "react";

import type { UseFilter } from "@/features/use/view";
import { useMessages } from "@/messages/messages";

import { useApp } from "./context";
import styles from "./UseOverTime.module.css";

interface UseOverTimeProps {
  /** The one user, or the one account. */
  only: UseFilter;
}

/** A small chart of the last 30 days, with its heading. */
export function UseOverTime({ only }: UseOverTimeProps) {
  const words = useMessages().use.small;
  return (
    <section className={styles.section} aria-label={words.title}>
      <h3 className={styles.title}>{words.title}</h3>
      <UseChartOf only={only} none={words.none} />
    </section>
  );
}

/** The chart alone, which is not part of the page's first load. */
export function UseChartOf({ only, none = "" }: UseOverTimeProps & { none?: string }) {
  const { api, urls } = useApp();
  return (
    <Suspense fallback={null}>
      <SmallUse api={api} only={only} urlOf={urls.useOf} none={none} />
    </Suspense>
  );
}

/** Where its code does not come the rest of the page stays. */
const SmallUse = lazy(() => import("@/features/use/SmallUse").catch(() => ({ default: () => null })));
