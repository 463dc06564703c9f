import type { Explanation } from "./en_errors";

const tryAgain = "Versuchen Sie es gleich noch einmal.";
const elsewhere = "Setzen Sie in einer neuen Unterhaltung auf einem anderen Konto fort.";
const operator = "Bleibt es dabei, sagen Sie es dem, der diesen Server betreibt.";
/** Where the server's own sentence knows more, it stands behind ours, in English. */
const detail = true;

export const errors: Record<string, Explanation> = {
  unreachable: { what: "Der Server hat nicht geantwortet.", todo: "Prüfen Sie die Verbindung und versuchen Sie es noch einmal." },
  not_authenticated: { what: "Dieser Schlüssel ist hier nicht bekannt oder gilt nicht mehr.", todo: "Prüfen Sie ihn, oder bitten Sie um einen neuen." },
  not_allowed: { what: "Ihr Schlüssel erlaubt das nicht.", todo: "Fragen Sie den, der Ihnen den Schlüssel gab.", detail },
  not_found: { what: "Diese Unterhaltung ist nicht da.", todo: "Nehmen Sie eine andere, oder beginnen Sie eine neue." },
  invalid_input: { what: "Eine Angabe stimmt nicht.", todo: "", detail },
  already_exists: { what: "Das gibt es schon.", todo: "Wählen Sie etwas anderes.", detail },
  last_admin: { what: "Ohne diesen Benutzer gäbe es keinen Admin mehr.", todo: "Machen Sie zuerst einen anderen zum Admin.", detail },
  report_too_large: { what: "Das wären zu viele Zeilen.", todo: "Wählen Sie eine kürzere Zeit, längere Schritte oder weniger Spalten.", detail },
  document_unknown: { what: "Diese Seite ist älter als der Server.", todo: "Laden Sie die Seite neu." },
  idempotency_conflict: { what: "Das wurde schon mit anderen Worten gesendet.", todo: "Senden Sie es noch einmal." },
  access_token_required: { what: "Dafür braucht es ein Zugriffstoken.", todo: "Geben Sie es über dem Prompt ein und senden Sie noch einmal." },
  access_token_not_expected: { what: "Ein Zugriffstoken gehört hier nicht hin.", todo: "Es bleibt nun weg: Senden Sie noch einmal.", detail },
  account_unavailable: { what: "Das Konto dieser Unterhaltung kann gerade nicht antworten.", todo: elsewhere, detail },
  no_account_available: { what: "Gerade kann kein Konto antworten.", todo: "Warten Sie ein wenig und senden Sie es noch einmal.", detail },
  queue_timeout: { what: "So lange wurde kein Konto frei.", todo: tryAgain, detail },
  too_many_waiting: { what: "Es warten schon zu viele Ihrer Prompts.", todo: "Warten Sie, bis einer beantwortet ist.", detail },
  too_many_streams: { what: "So viele Ströme auf einmal lässt der Server nicht zu.", todo: "Schließen Sie Seiten, die Sie nicht brauchen.", detail },
  conversation_busy: { what: "In dieser Unterhaltung wird noch eine Antwort geschrieben.", todo: "Warten Sie auf sie, oder halten Sie sie an." },
  upstream_failure: { what: "Die Gegenseite des Kontos hat versagt.", todo: tryAgain, detail },
  upstream_unreachable: { what: "Die Gegenseite des Kontos ist nicht zu erreichen.", todo: tryAgain, detail },
  proxy_unreachable: { what: "Der Proxy des Kontos ist nicht zu erreichen. Nichts ging an ihm vorbei.", todo: operator, detail },
  upstream_timeout: { what: "Die Gegenseite des Kontos hat zu lange gebraucht.", todo: tryAgain, detail },
  upstream_rate_limited: { what: "Das Konto hat seine Grenze erreicht.", todo: "Warten Sie, oder setzen Sie anderswo fort.", detail },
  upstream_unauthorized: { what: "Die Anmeldung des Kontos gilt nicht mehr.", todo: operator, detail },
  upstream_forbidden: { what: "Das Konto darf das nicht.", todo: operator, detail },
  human_check_required: { what: "Die Gegenseite will, dass ein Mensch nachsieht.", todo: operator, detail },
  upstream_conversation_lost: { what: "Die Gegenseite kennt diese Unterhaltung nicht mehr.", todo: elsewhere },
  prompt_too_long: { what: "Der Prompt ist zu lang.", todo: "Kürzen Sie ihn und senden Sie ihn noch einmal.", detail },
  upstream_broken: { what: "Die Antwort der Gegenseite brach ab.", todo: tryAgain, detail },
  upstream_refused: { what: "Die Gegenseite hat den Prompt abgelehnt.", todo: "Bleibt es dabei, lassen Sie das Modell des Kontos prüfen.", detail },
  upstream_bad_answer: { what: "Die Gegenseite hat Unverständliches geantwortet.", todo: tryAgain, detail },
  reply_cut_off: { what: "Die Antwort wurde abgeschnitten.", todo: "", detail },
  reply_interrupted: { what: "Die Antwort wurde unterbrochen.", todo: "Fragen Sie noch einmal, um den Rest zu bekommen." },
  sign_in_failed: { what: "Das Konto konnte nicht angemeldet werden.", todo: "", detail },
  wrong_password: { what: "E-Mail oder Passwort stimmen nicht.", todo: "Prüfen Sie beides.", detail },
  sign_in_human_check: { what: "Beim Anmelden will die Gegenseite, dass ein Mensch nachsieht.", todo: "", detail },
  account_locked: { what: "Das Konto ist gesperrt.", todo: "", detail },
  sign_in_blocked: { what: "Die Gegenseite lässt das Anmelden von hier nicht zu.", todo: "", detail },
  sign_in_page_changed: { what: "Die Anmeldeseite der Gegenseite hat sich geändert.", todo: operator, detail },
  document_refused: { what: "Der Server versteht diese Seite nicht.", todo: "Laden Sie die Seite neu: Vielleicht ist sie älter als der Server.", detail },
  body_too_large: { what: "Das ist mehr Text, als der Server auf einmal nimmt.", todo: "Kürzen Sie ihn und senden Sie ihn noch einmal." },
  too_slow: { what: "Die Verbindung war zu langsam, um das zu senden.", todo: tryAgain },
  shutting_down: { what: "Der Server wird gerade angehalten.", todo: tryAgain },
  internal_error: { what: "Im Server ist ein Fehler.", todo: `Sie haben nichts falsch gemacht. ${operator}` },
};
