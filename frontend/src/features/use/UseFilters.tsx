import { X } from "lucide-react";
import { useState } from "react";
import { Link } from "wouter";

import { useMessages } from "@/messages/messages";
import { ChoiceFilter, Filters } from "@/ui/Filters";

import { daysOf, isDay, type OwnDays, RANGES, type Span } from "./span";
import styles from "./Use.module.css";
import { DIMENSIONS, GROUPINGS, mayAsk, type Sight, type View, without } from "./view";
import { Wording } from "./wording";

interface UseFiltersProps {
  view: View;
  span: Span | null;
  sight: Sight;
  /** The names of users and clients, by their ids. */
  names: Readonly<Record<string, string>>;
  urlOf: (view: View) => string;
  onView: (view: View) => void;
}

/** Which time, in which groups; and what alone is shown, with the way back. */
export function UseFilters({ view, span, sight, names, urlOf, onView }: UseFiltersProps) {
  const messages = useMessages();
  const words = messages.use;
  const wording = new Wording(messages);
  return (
    <>
      <Filters count={span === null ? "" : wording.span(span)}>
        <ChoiceFilter
          label={words.range}
          value={view.range}
          options={RANGES.map((value) => ({ value, label: words.ranges[value] }))}
          onChange={(range) => {
            // One's own days begin as those that are shown.
            onView({ ...view, range, days: range === "own" && span !== null ? daysOf(span) : null });
          }}
        />
        {view.range === "own" ? (
          <OwnDates view={view} onView={onView} />
        ) : null}
        <ChoiceFilter
          label={words.by}
          value={view.by}
          options={GROUPINGS.filter((by) => mayAsk(by, sight)).map((value) => ({ value, label: words.bys[value] }))}
          onChange={(by) => onView({ ...view, by, sort: null })}
        />
      </Filters>
      {Object.keys(view.filter).length === 0 ? null : (
        <ul className={styles.chips} aria-label={words.filters}>
          {DIMENSIONS.flatMap((dimension) => {
            const value = view.filter[dimension];
            if (value === undefined) return [];
            const name = dimension === "account" ? wording.groupName({ name: value }, dimension) : (names[value] ?? value);
            return [
              <li key={dimension}>
                <Link href={urlOf(without(view, dimension))} className={styles.chip ?? ""} aria-label={words.leave(words.dimensions[dimension], name)}>
                  <span>
                    {words.dimensions[dimension]}: <bdi>{name}</bdi>
                  </span>
                  <X size={14} aria-hidden="true" />
                </Link>
              </li>,
            ];
          })}
        </ul>
      )}
    </>
  );
}

/** A day that is half typed is nobody's business yet. */
function OwnDates({ view, onView }: Pick<UseFiltersProps, "view" | "onView">) {
  const words = useMessages().use;
  const [typed, setTyped] = useState<Partial<OwnDays>>({});
  const days = { first: "", last: "", ...view.days };
  const field = (name: keyof OwnDays, label: string) => (
    <input
      type="date"
      className={styles.day}
      aria-label={label}
      value={typed[name] ?? days[name]}
      onChange={({ target: { value } }) => {
        const whole = isDay(value);
        setTyped(whole ? {} : { [name]: value });
        if (whole) onView({ ...view, days: { ...days, [name]: value } });
      }}
    />
  );
  return (
    <div className={styles.days}>
      {field("first", words.firstDay)}
      <span aria-hidden="true">–</span>
      {field("last", words.lastDay)}
    </div>
  );
}
