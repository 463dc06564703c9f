/** `what` is left out where the server's own sentence says more than we can; `detail` shows that sentence as well. */
export interface Explanation {
  what?: string;
  todo: string;
  detail?: boolean;
}

const tryAgain = "Try again in a moment.";
/** The server's sentence says it already. */
const said = "";

export const errors: Record<string, Explanation> = {
  unreachable: { what: "The server did not answer.", todo: "Check the connection, then try again." },
  not_authenticated: { what: "This key is not known here, or it no longer works.", todo: "Check it, or ask for a new one." },
  not_allowed: { todo: "Ask whoever gave you the key." },
  not_found: { what: "This conversation is not there.", todo: "Pick another one, or start a new one." },
  invalid_input: { todo: said },
  already_exists: { todo: "Choose another one." },
  last_admin: { todo: "Make another admin first." },
  report_too_large: { todo: "Take a shorter time, longer steps, or fewer columns." },
  document_unknown: { what: "This page is older than the server.", todo: "Reload the page." },
  idempotency_conflict: { what: "This was already sent with other words.", todo: "Send it once more." },
  access_token_required: { todo: "Enter it above the prompt and send again." },
  access_token_not_expected: { todo: "It is left out now: send again." },
  account_unavailable: { todo: "Continue elsewhere to go on in a new conversation, on another account." },
  no_account_available: { todo: "Wait a little and send it again." },
  model_not_offered: { todo: said },
  queue_timeout: { todo: said },
  too_many_waiting: { todo: said },
  too_many_streams: { todo: "Close pages that you do not need." },
  conversation_busy: { todo: said },
  upstream_failure: { todo: tryAgain },
  upstream_unreachable: { todo: said },
  proxy_unreachable: { todo: said },
  upstream_timeout: { todo: said },
  upstream_rate_limited: { todo: said },
  upstream_unauthorized: { todo: said },
  upstream_forbidden: { todo: said },
  human_check_required: { todo: said },
  upstream_conversation_lost: { todo: "Continue elsewhere to go on in a new conversation, on another account." },
  prompt_too_long: { todo: "Shorten the prompt and send it again." },
  upstream_broken: { todo: said },
  upstream_refused: { todo: "If it stays, ask whoever runs this server to check the account's model." },
  upstream_bad_answer: { todo: tryAgain },
  reply_cut_off: { todo: said },
  reply_interrupted: { what: "The server stopped while this reply was being written. What had arrived is kept.", todo: "Ask again to get the rest." },
  sign_in_failed: { todo: said },
  wrong_password: { todo: said },
  sign_in_human_check: { todo: said },
  account_locked: { todo: said },
  sign_in_blocked: { todo: said },
  sign_in_page_changed: { todo: said },
  document_refused: { todo: "Reload the page: it may be older than the server." },
  body_too_large: { what: "This is more text than the server takes at once.", todo: "Shorten it and send it again." },
  too_slow: { what: "The connection was too slow to send this.", todo: tryAgain },
  shutting_down: { todo: said },
  internal_error: { todo: "Nothing you did caused this. If it stays, tell whoever runs this server." },
};
