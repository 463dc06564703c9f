/** What this device's reader prefers.  It stays on the device; the server is not told. */
export interface Preferences {
  language: "system" | "en" | "de";
  theme: "system" | "light" | "dark";
  /** Whether shortcuts of a single key work, which voice control and slips of the finger can set off. */
  singleKeys: "on" | "off";
  /** Whether the first steps are shown while some of them are left to do. */
  firstSteps: "shown" | "hidden";
  /** Whether a ready call was offered as the last of the first steps, and whether one was copied. */
  snippet: "untouched" | "offered" | "copied";
}

const CHOICES: { readonly [Name in keyof Preferences]: readonly Preferences[Name][] } = {
  language: ["system", "en", "de"],
  theme: ["system", "light", "dark"],
  singleKeys: ["on", "off"],
  firstSteps: ["shown", "hidden"],
  snippet: ["untouched", "offered", "copied"],
};
const PREFIX = "prefer-";

let kept: Preferences = {
  language: choiceOf("language"),
  theme: choiceOf("theme"),
  singleKeys: choiceOf("singleKeys"),
  firstSteps: choiceOf("firstSteps"),
  snippet: choiceOf("snippet"),
};
const listeners = new Set<() => void>();

export function preferences(): Preferences {
  return kept;
}

export function prefer<Name extends keyof Preferences>(name: Name, value: Preferences[Name]): void {
  kept = { ...kept, [name]: value };
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // Where the browser keeps nothing it holds until the page is left.
  }
  showTheme();
  for (const tell of listeners) tell();
}

export function onPreference(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

const GROUNDS = { light: "#ffffff", dark: "#181a1b" };

/** Before anything is drawn, so that no page flashes in the other theme. */
export function showTheme(): void {
  const { theme } = kept;
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    const own = meta.media.includes("dark") ? "dark" : "light";
    meta.content = GROUNDS[theme === "system" ? own : theme];
  }
}

function choiceOf<Name extends keyof Preferences>(name: Name): Preferences[Name] {
  const [first, ...others] = CHOICES[name];
  const stored = storedUnder(PREFIX + name);
  const found = others.find((choice) => choice === stored) ?? first;
  if (found === undefined) throw new Error(`no choice of ${name}`);
  return found;
}

function storedUnder(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}
