import type { DocumentInput } from "@urql/core";
import { Client, fetchExchange, subscriptionExchange } from "@urql/core";
import type { RequestParams } from "graphql-sse";
import { createClient as createStreamClient } from "graphql-sse";
import { onEnd, pipe, subscribe } from "wonka";

import type { Urls } from "@/urls";

import { Failure, failureFromCombined, NOT_AUTHENTICATED, UNREACHABLE } from "./failure";
import type { TypedDocumentString } from "./generated/graphql";
import texts from "./generated/persisted-documents.json";

type Variables = Record<string, unknown>;

const ACCEPT = { accept: "application/graphql-response+json, application/json" };

export interface Stream {
  /** Null where the stream came to its end, also early; otherwise why it broke. */
  end: Promise<Failure | null>;
  close: () => void;
}

/** The one way to the server's GraphQL. */
export class Api {
  readonly #client: Client;
  readonly #signedOut: () => void;

  constructor(urls: Urls["calls"], signedOut: () => void) {
    this.#signedOut = signedOut;
    // Following again after a break is the reply's own business: it knows the number to go on after.
    const streams = createStreamClient({ url: absolute(urls.graphqlStream), retryAttempts: 0 });
    this.#client = new Client({
      url: absolute(urls.graphql),
      preferGetMethod: false,
      requestPolicy: "network-only",
      // urql also accepts event streams by itself, and the server would then answer plain queries as one.
      fetchOptions: { headers: ACCEPT },
      exchanges: [
        subscriptionExchange({
          forwardSubscription: ({ query, documentId, variables }) => ({
            subscribe: (sink) => ({
              unsubscribe: streams.subscribe(
                { query, documentId, variables } as RequestParams,
                { ...sink, next: (value) => sink.next(value as Parameters<typeof sink.next>[0]) },
              ),
            }),
          }),
        }),
        fetchExchange,
      ],
    });
  }

  query<R, V extends Variables>(document: TypedDocumentString<R, V>, variables: V): Promise<R> {
    return this.#answer(this.#client.query(named(document), variables).toPromise());
  }

  /** Ask with another key than the session's, which stays out of it. */
  async queryAs<R>(key: string, document: TypedDocumentString<R, Record<string, never>>): Promise<R> {
    const fetchOptions = { headers: { ...ACCEPT, authorization: `Bearer ${key}` }, credentials: "omit" as const };
    const { data, error } = await this.#client.query(named(document), {}, { fetchOptions }).toPromise();
    if (data === undefined) throw error ? failureFromCombined(error) : new Failure(UNREACHABLE);
    return data;
  }

  mutate<R, V extends Variables>(document: TypedDocumentString<R, V>, variables: V): Promise<R> {
    return this.#answer(this.#client.mutation(named(document), variables).toPromise());
  }

  /** Listen until the stream ends or breaks; either way the caller decides whether to come back. */
  follow<R, V extends Variables>(document: TypedDocumentString<R, V>, variables: V, next: (data: R) => void): Stream {
    let close: () => void = () => undefined;
    const end = new Promise<Failure | null>((resolve) => {
      const source = this.#client.subscription(named(document), variables);
      const listening = pipe(
        source,
        onEnd(() => resolve(null)),
        subscribe((result) => {
          if (result.error) resolve(this.#failure(result.error));
          else if (result.data) next(result.data);
        }),
      );
      close = () => listening.unsubscribe();
    });
    return { end, close };
  }

  async #answer<R>(call: Promise<{ data?: R | undefined; error?: Parameters<typeof failureFromCombined>[0] | undefined }>) {
    const { data, error } = await call;
    if (error) throw this.#failure(error);
    if (data === undefined) throw new Failure(UNREACHABLE);
    return data;
  }

  #failure(error: Parameters<typeof failureFromCombined>[0]): Failure {
    const failure = failureFromCombined(error);
    if (failure.code === NOT_AUTHENTICATED) this.#signedOut();
    return failure;
  }
}

/** The document's id, under which the server has its text.  While the app is being worked on the server may have another
 * version of it, and gets the text. */
function named<R, V extends Variables>(document: TypedDocumentString<R, V>): DocumentInput<R, V> {
  const { documentId } = document.__meta__ as { documentId: keyof typeof texts };
  if (import.meta.env.DEV) return texts[documentId];
  return { definitions: [], documentId } as unknown as DocumentInput<R, V>;
}

/** urql takes whole URLs only to tell them from paths; the page's own origin is the only one it may call. */
function absolute(path: string): string {
  return new URL(path, window.location.origin).href;
}
