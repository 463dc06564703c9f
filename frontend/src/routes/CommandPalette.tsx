import { Command } from "cmdk";
import { MessageSquare, Zap } from "lucide-react";
import { useState } from "react";
import { useLocation } from "wouter";
import { useStore } from "zustand";

import { type CommandName, commandsHere, perform, type Shortcut, SHORTCUTS } from "@/browser/commands";
import type { Viewer } from "@/features/session/session";
import { useMessages } from "@/messages/messages";
import { Dialog } from "@/ui/Dialog";
import { Keys } from "@/ui/Keys";

import { useApp } from "./context";
import styles from "./Keyboard.module.css";
import { navigationOf } from "./page_parts";

/** Everything that can be gone to or done, found by typing a part of its name. */
export default function CommandPalette({ viewer, onClose }: { viewer: Viewer; onClose: () => void }) {
  const { urls, list } = useApp();
  const messages = useMessages();
  const { keyboard, commands, conversations } = messages;
  const [, navigate] = useLocation();
  const items = useStore(list.store, (state) => state.items);
  // Before the palette took the focus, on the page below it.
  const [here] = useState(() => commandsHere().filter((name) => name !== "palette"));

  function go(url: string) {
    onClose();
    navigate(url);
  }

  function act(name: CommandName) {
    onClose();
    // The page below can take the focus only once it is no longer inert.
    setTimeout(() => perform(name));
  }

  return (
    <Dialog title={keyboard.palette} onClose={onClose}>
      <Command label={keyboard.palette} className={styles.palette} loop>
        <Command.Input placeholder={keyboard.search} className={styles.search} aria-label={keyboard.search} />
        <Command.List className={styles.found} label={keyboard.found}>
          <Command.Empty className={styles.none}>{keyboard.none}</Command.Empty>
          <Command.Group heading={keyboard.commands} className={styles.group}>
            {here.map((name) => {
              const shortcut: Shortcut | undefined = SHORTCUTS.find((each) => each.name === name);
              return (
                <Command.Item key={name} value={commands[name]} className={styles.item} onSelect={() => act(name)}>
                  <Zap size={16} aria-hidden="true" />
                  <span className={styles.words}>{commands[name]}</span>
                  {shortcut ? <Keys shortcut={shortcut} names={keyboard} /> : null}
                </Command.Item>
              );
            })}
          </Command.Group>
          <Command.Group heading={messages.navigation.label} className={styles.group}>
            {navigationOf(viewer).map(({ page, icon: Icon, label }) => (
              <Command.Item key={page.name} value={label(messages)} className={styles.item} onSelect={() => go(page.urls(urls)[0] ?? urls.chat)}>
                <Icon size={16} aria-hidden="true" />
                <span className={styles.words}>{label(messages)}</span>
              </Command.Item>
            ))}
          </Command.Group>
          {items.length === 0 ? null : (
            <Command.Group heading={conversations.heading} className={styles.group}>
              {items.map(({ id, title }) => (
                <Command.Item key={id} value={`${title} ${id}`} className={styles.item} onSelect={() => go(urls.conversation(id))}>
                  <MessageSquare size={16} aria-hidden="true" />
                  <span className={styles.words} dir="auto">{title || conversations.untitled}</span>
                </Command.Item>
              ))}
            </Command.Group>
          )}
        </Command.List>
      </Command>
    </Dialog>
  );
}
