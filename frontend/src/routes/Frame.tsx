import { Menu as MenuIcon } from "lucide-react";
import { type ReactNode, Suspense, useState } from "react";

import { useMedia, WIDE } from "@/browser/media";
import { UndoToast } from "@/features/conversations/UndoToast";
import type { Server, Viewer } from "@/features/session/session";
import { useMessages } from "@/messages/messages";
import { IconButton } from "@/ui/Button";
import { Drawer } from "@/ui/Drawer";
import { SkipLink } from "@/ui/Hidden";
import { Skeleton } from "@/ui/Skeleton";

import { useApp } from "./context";
import styles from "./Frame.module.css";
import { Navigation } from "./Navigation";
import { SignedInMenu } from "./SignedInMenu";

/** What stands around every page but the chat: the way to the others, who is signed in, and the page's landmark. */
export function Frame({ viewer, server, children }: { viewer: Viewer; server: Server; children: ReactNode }) {
  const messages = useMessages();
  const { list } = useApp();
  const wide = useMedia(WIDE);
  const [drawer, setDrawer] = useState(false);
  return (
    <div className={styles.frame}>
      <SkipLink to="page">{messages.skipToContent}</SkipLink>
      <header className={styles.bar}>
        {wide ? (
          <>
            <Navigation viewer={viewer} shape="row" />
            <div className={styles.user}>
              <SignedInMenu viewer={viewer} server={server} />
            </div>
          </>
        ) : (
          <>
            <IconButton label={messages.navigation.open} onClick={() => setDrawer(true)}>
              <MenuIcon size={20} aria-hidden="true" />
            </IconButton>
            <Drawer open={drawer} label={messages.navigation.label} onClose={() => setDrawer(false)}>
              <div className={styles.drawer}>
                <Navigation viewer={viewer} shape="list" onChosen={() => setDrawer(false)} />
                <SignedInMenu viewer={viewer} server={server} />
              </div>
            </Drawer>
          </>
        )}
      </header>
      <main id="page" className={styles.main} tabIndex={-1}>
        <Suspense
          fallback={
            <div className={styles.loading}>
              <Skeleton label={messages.unreachable.loading} lines={6} />
            </div>
          }
        >
          {children}
        </Suspense>
        <UndoToast list={list} away />
      </main>
    </div>
  );
}
