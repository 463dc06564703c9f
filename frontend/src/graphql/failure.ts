import type { CombinedError } from "@urql/core";

/** Why a call failed: the server's code (or one of ours) and its sentence.  `messages` turns it into what a person reads. */
export class Failure extends Error {
  override readonly name = "Failure";

  constructor(
    readonly code: string,
    readonly sentence = "",
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(sentence || code);
  }
}

export const UNREACHABLE = "unreachable";
export const NOT_AUTHENTICATED = "not_authenticated";
export const NOT_FOUND = "not_found";

/** Whether the call may have been carried out although no answer came. */
export function isUncertain(failure: Failure): boolean {
  return failure.code === UNREACHABLE;
}

export function failureFromCombined(error: CombinedError): Failure {
  const first = error.graphQLErrors[0];
  if (first) {
    const { code, ...details } = first.extensions;
    return new Failure(typeof code === "string" ? code : "internal_error", first.message, details);
  }
  const response: unknown = error.response;
  if (response instanceof Response && !response.ok) return new Failure(codeOfStatus(response.status));
  return new Failure(UNREACHABLE);
}

export async function failureFromResponse(response: Response): Promise<Failure> {
  const body: unknown = await response.json().catch(() => null);
  if (typeof body === "object" && body !== null && "code" in body && typeof body.code === "string") {
    const sentence = "message" in body && typeof body.message === "string" ? body.message : "";
    return new Failure(body.code, sentence);
  }
  return new Failure(codeOfStatus(response.status));
}

export function failureFromThrown(thrown: unknown): Failure {
  return thrown instanceof Failure ? thrown : new Failure(UNREACHABLE);
}

function codeOfStatus(status: number): string {
  if (status === 401) return NOT_AUTHENTICATED;
  if (status === 403) return "not_allowed";
  if (status === 404) return NOT_FOUND;
  if (status === 413) return "body_too_large";
  return status >= 502 && status <= 504 ? UNREACHABLE : "internal_error";
}
