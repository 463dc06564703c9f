import { useSyncExternalStore } from "react";

import { onPreference, type Preferences, preferences } from "./preferences";

export function usePreferences(): Preferences {
  return useSyncExternalStore(onPreference, preferences);
}
