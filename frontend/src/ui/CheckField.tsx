import styles from "./CheckField.module.css";

interface CheckFieldProps {
  label: string;
  help?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

/** Yes or no, with what it means below. */
export function CheckField({ label, help = "", checked, onChange }: CheckFieldProps) {
  return (
    <label className={styles.check}>
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>{label}</span>
      {help === "" ? null : <span className={styles.help}>{help}</span>}
    </label>
  );
}
