import { useNow } from "@/browser/now";

import { exactTime, relativeTime } from "./moments";
import { Time } from "./Time";
import { useUiWords } from "./words";

const CLOCK = 5000;

/**
 * A moment as an ISO string, shown as seen from now; the exact one on hover.  What just happened may be ahead of our
 * clock, which goes in steps: nothing that is over is told to come “in 2 seconds”.
 */
export function RelativeTime({ at }: { at: string }) {
  const { language } = useUiWords();
  const now = useNow(CLOCK);
  const moment = Date.parse(at);
  return <Time at={at} shown={relativeTime(moment - now <= CLOCK ? Math.min(moment, now) : moment, now, language)} exact={exactTime(moment, language)} />;
}
