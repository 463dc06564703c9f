import * as Alert from "@radix-ui/react-alert-dialog";
import { Button } from "./Button";
import styles from "./Dialog.module.css";
import { useInertPage } from "./inert_page";
import { Notice } from "./Notice";
import { type Told, useDeed } from "./use_deed";

interface ConfirmDialogProps {
  open: boolean;
  title: string;
  text: string;
  yes: string;
  /** In place of `yes` while it is being done. */
  working: string;
  no: string;
  /** What is asked about.  Where it throws the question stays, with why: `told` says it. */
  act: () => Promise<void>;
  told: (thrown: unknown) => Told;
  onClose: () => void;
  /** Where the focus goes afterwards; the default is the part that had it. */
  focusAfter?: () => HTMLElement | null;
}

/** Asks before something is lost.  Radix' own overlay is left out: it writes a style element, which the CSP forbids. */
export function ConfirmDialog({ open, title, text, yes, working, no, act, told, onClose, focusAfter }: ConfirmDialogProps) {
  const { busy, refusal, perform, forget } = useDeed(told);
  const giveBack = useInertPage(open);
  const close = () => {
    forget();
    onClose();
  };
  return (
    <Alert.Root open={open} onOpenChange={(next) => (next ? undefined : close())}>
      <Alert.Portal>
        <div className={styles.shade} />
        <Alert.Content
          aria-modal="true"
          className={styles.confirm}
          onCloseAutoFocus={(event) => {
            giveBack(event);
            focusAfter?.()?.focus();
          }}
        >
          <Alert.Title asChild>
            <h1 className={styles.title}>{title}</h1>
          </Alert.Title>
          <Alert.Description className={styles.text} dir="auto">{text}</Alert.Description>
          {refusal ? <Notice tone="failed" announce {...refusal} /> : null}
          <div className={styles.buttons}>
            <Alert.Cancel asChild>
              <Button>{no}</Button>
            </Alert.Cancel>
            <Button look="danger" disabled={busy !== null} onClick={() => void perform("deed", act)}>
              {busy === null ? yes : working}
            </Button>
          </div>
        </Alert.Content>
      </Alert.Portal>
    </Alert.Root>
  );
}
