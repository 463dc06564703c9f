import { useStore } from "zustand";

import { prefer } from "@/browser/preferences";
import { usePreferences } from "@/browser/use_preferences";
import { TransfersSection } from "@/features/transfers/TransfersSection";
import { useMessages } from "@/messages/messages";
import { CheckField } from "@/ui/CheckField";
import { Choice } from "@/ui/Choice";
import { FormPage, Section } from "@/ui/FormPage";

import { useApp } from "./context";
import { MyAccess } from "./MyAccess";
import { useTitle } from "./use_title";

export default function SettingsPage() {
  const { session, urls, importing } = useApp();
  const state = useStore(session.store);
  const words = useMessages().settings;
  useTitle(words.title);
  if (state.status !== "signedIn") return null;
  return (
    <FormPage title={words.title}>
      <LanguageAndTheme />
      <MyAccess viewerId={state.viewer.id} />
      <TransfersSection importing={importing} exported={urls.exported} />
    </FormPage>
  );
}

/** Kept on this device. */
function LanguageAndTheme() {
  const words = useMessages().settings;
  const { language, theme, singleKeys } = usePreferences();
  const { languages, themes } = words;
  return (
    <Section title={words.look} help={words.lookHelp}>
      <Choice
        label={words.language}
        name="language"
        value={language}
        options={[
          { value: "system", label: languages.system },
          { value: "en", label: languages.en, lang: "en" },
          { value: "de", label: languages.de, lang: "de" },
        ]}
        onChange={(choice) => prefer("language", choice)}
      />
      <Choice
        label={words.theme}
        name="theme"
        value={theme}
        options={(["system", "light", "dark"] as const).map((value) => ({ value, label: themes[value] }))}
        onChange={(choice) => prefer("theme", choice)}
      />
      <CheckField
        label={words.singleKeys}
        help={words.singleKeysHelp}
        checked={singleKeys === "on"}
        onChange={(on) => prefer("singleKeys", on ? "on" : "off")}
      />
    </Section>
  );
}
