import { LogOut, UserRound } from "lucide-react";

import { useMessages } from "@/messages/messages";
import { Menu, MenuInfo, MenuItem, MenuLine } from "@/ui/Menu";

import type { Server, Viewer } from "./session";
import styles from "./UserMenu.module.css";

interface UserMenuProps {
  viewer: Viewer;
  server: Server;
  onSignOut: () => void;
}

export function UserMenu({ viewer, server, onSignOut }: UserMenuProps) {
  const words = useMessages().user;
  const role = words.role[viewer.role];
  return (
    <Menu
      trigger={
        <button type="button" className={styles.trigger} aria-label={`${words.menu(viewer.name)} ${role}`}>
          <UserRound size={18} aria-hidden="true" />
          <span className={styles.name} dir="auto">{viewer.name}</span>{" "}
          <span className={styles.role}>{role}</span>
        </button>
      }
    >
      <MenuInfo>
        {words.menu(viewer.name)}
        <br />
        {viewer.plus ? `${role}, ${words.plus}` : role}
        <br />
        {words.version(server.version)}
      </MenuInfo>
      <MenuLine />
      <MenuItem icon={<LogOut size={16} aria-hidden="true" />} onSelect={onSignOut}>
        {words.signOut}
      </MenuItem>
    </Menu>
  );
}
