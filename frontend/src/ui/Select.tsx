import type { ComponentProps } from "react";

export interface SelectProps<T extends string> {
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
}

/** The browser's own, of values that are known. */
export function Select<T extends string>(props: SelectProps<T> & Omit<ComponentProps<"select">, keyof SelectProps<T>>) {
  const { options, onChange, ...rest } = props;
  return (
    <select
      {...rest}
      onChange={(event) => {
        const chosen = options.find((option) => option.value === event.target.value);
        if (chosen) onChange(chosen.value);
      }}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
