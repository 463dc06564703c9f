import { useEffect } from "react";

import { useMessages } from "@/messages/messages";

export function useTitle(title: string): void {
  const messages = useMessages();
  useEffect(() => {
    document.title = messages.pageTitle(title);
  }, [title, messages]);
}
