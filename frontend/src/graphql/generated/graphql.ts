/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** A prompt that begins a conversation. */
export type ChatInput = {
  /** The access token of a ChatGPT account of your own, which then answers.  It is not kept. */
  accessToken?: string | null | undefined;
  /** Whether the account of `accessToken` is a Plus account. */
  accessTokenPlus?: boolean;
  /** A text of yours, 1 to 200 characters: sending it again never asks an account twice and gives the first turn. */
  idempotencyKey?: string | null | undefined;
  /** The model to ask; the account's own choice if unset. */
  model?: string | null | undefined;
  /** Which of the built-in accounts may answer. */
  plan?: Plan;
  /** What to ask. */
  prompt: string;
  /** Whether to answer when the reply has ended.  With false the turn is answered as it was kept; follow it with the subscription `reply`. */
  wait?: boolean;
};

/** A prompt that goes on with a conversation, on the account that began it. */
export type FollowUpInput = {
  /** The access token of your own account, where one began the conversation.  It is not kept. */
  accessToken?: string | null | undefined;
  /** The conversation's id, or the id it had on an older server. */
  conversationId: string | number;
  /** A text of yours, 1 to 200 characters: sending it again never asks an account twice and gives the first turn. */
  idempotencyKey?: string | null | undefined;
  /** The model to ask; the account's own choice if unset. */
  model?: string | null | undefined;
  /** What to ask. */
  prompt: string;
  /** Whether to answer when the reply has ended.  With false the turn is answered as it was kept; follow it with the subscription `reply`. */
  wait?: boolean;
};

/** Which of the built-in accounts may answer. */
export type Plan =
  /** Any account that your key includes. */
  | 'ANY'
  /** Free accounts alone. */
  | 'FREE'
  /** Plus accounts alone; your key must include them. */
  | 'PLUS';

/** What a user may do. */
export type Role =
  /** Everything, for everyone. */
  | 'ADMIN'
  /** A program that chats and issues keys to users of its own. */
  | 'CLIENT'
  /** Chats and sees its own conversations. */
  | 'USER';

/** How far a turn's reply is. */
export type TurnState =
  /** The reply failed; `error` says why, and what was written is kept. */
  | 'FAILED'
  /** The reply is whole. */
  | 'FINISHED'
  /** Somebody stopped the reply; what was written is kept. */
  | 'STOPPED'
  /** The prompt is kept and waits for an account. */
  | 'WAITING'
  /** An account is writing the reply. */
  | 'WRITING';

export type TurnFieldsFragment = { id: string, position: number, prompt: string, reply: string, state: TurnState, model: string | null, historyLeftOut: number, createdAt: string, startedAt: string | null, endedAt: string | null, error: { code: string, message: string } | null };

export type ConversationQueryVariables = Exact<{
  id: string | number;
  last: number;
  before?: string | null | undefined;
}>;


export type ConversationQuery = { conversation: { id: string, title: string, updatedAt: string, turns: { edges: Array<{ node: { id: string, position: number, prompt: string, reply: string, state: TurnState, model: string | null, historyLeftOut: number, createdAt: string, startedAt: string | null, endedAt: string | null, error: { code: string, message: string } | null } }>, pageInfo: { hasPreviousPage: boolean, startCursor: string | null } } } | null };

export type ChatMutationVariables = Exact<{
  input: ChatInput;
}>;


export type ChatMutation = { chat: { turn: { id: string, position: number, prompt: string, reply: string, state: TurnState, model: string | null, historyLeftOut: number, createdAt: string, startedAt: string | null, endedAt: string | null, error: { code: string, message: string } | null }, conversation: { id: string, title: string, updatedAt: string } } };

export type FollowUpMutationVariables = Exact<{
  input: FollowUpInput;
}>;


export type FollowUpMutation = { followUp: { turn: { id: string, position: number, prompt: string, reply: string, state: TurnState, model: string | null, historyLeftOut: number, createdAt: string, startedAt: string | null, endedAt: string | null, error: { code: string, message: string } | null }, conversation: { id: string, title: string, updatedAt: string } } };

export type StopMutationVariables = Exact<{
  turnId: string | number;
}>;


export type StopMutation = { stop: { turn: { id: string, position: number, prompt: string, reply: string, state: TurnState, model: string | null, historyLeftOut: number, createdAt: string, startedAt: string | null, endedAt: string | null, error: { code: string, message: string } | null } } };

export type ReplySubscriptionVariables = Exact<{
  turnId: string | number;
  after: number;
}>;


export type ReplySubscription = { reply:
    | { __typename: 'ReplyEnded', number: number, turn: { id: string, position: number, prompt: string, reply: string, state: TurnState, model: string | null, historyLeftOut: number, createdAt: string, startedAt: string | null, endedAt: string | null, error: { code: string, message: string } | null } }
    | { __typename: 'ReplyStarted', number: number }
    | { __typename: 'ReplyTextAdded', text: string, number: number }
    | { __typename: 'ReplyTextReplaced', text: string, number: number }
    | { __typename: 'ReplyTitled', title: string, number: number }
    | { __typename: 'ReplyWaiting', place: number, number: number }
   };

export type ConversationsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type ConversationsQuery = { conversations: { edges: Array<{ node: { id: string, title: string, updatedAt: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type RemoveConversationMutationVariables = Exact<{
  id: string | number;
}>;


export type RemoveConversationMutation = { removeConversation: { id: string } };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { id: string, name: string, role: Role, plus: boolean }, server: { version: string, rehearsing: boolean } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const TurnFieldsFragmentDoc = new TypedDocumentString(`
    fragment TurnFields on Turn {
  id
  position
  prompt
  reply
  state
  model
  error {
    code
    message
  }
  historyLeftOut
  createdAt
  startedAt
  endedAt
}
    `, {"fragmentName":"TurnFields"}) as unknown as TypedDocumentString<TurnFieldsFragment, unknown>;
export const ConversationDocument = new TypedDocumentString(`
    query Conversation($id: ID!, $last: Int!, $before: String) {
  conversation(id: $id) {
    id
    title
    updatedAt
    turns(last: $last, before: $before) {
      edges {
        node {
          ...TurnFields
        }
      }
      pageInfo {
        hasPreviousPage
        startCursor
      }
    }
  }
}
    fragment TurnFields on Turn {
  id
  position
  prompt
  reply
  state
  model
  error {
    code
    message
  }
  historyLeftOut
  createdAt
  startedAt
  endedAt
}`) as unknown as TypedDocumentString<ConversationQuery, ConversationQueryVariables>;
export const ChatDocument = new TypedDocumentString(`
    mutation Chat($input: ChatInput!) {
  chat(input: $input) {
    turn {
      ...TurnFields
    }
    conversation {
      id
      title
      updatedAt
    }
  }
}
    fragment TurnFields on Turn {
  id
  position
  prompt
  reply
  state
  model
  error {
    code
    message
  }
  historyLeftOut
  createdAt
  startedAt
  endedAt
}`) as unknown as TypedDocumentString<ChatMutation, ChatMutationVariables>;
export const FollowUpDocument = new TypedDocumentString(`
    mutation FollowUp($input: FollowUpInput!) {
  followUp(input: $input) {
    turn {
      ...TurnFields
    }
    conversation {
      id
      title
      updatedAt
    }
  }
}
    fragment TurnFields on Turn {
  id
  position
  prompt
  reply
  state
  model
  error {
    code
    message
  }
  historyLeftOut
  createdAt
  startedAt
  endedAt
}`) as unknown as TypedDocumentString<FollowUpMutation, FollowUpMutationVariables>;
export const StopDocument = new TypedDocumentString(`
    mutation Stop($turnId: ID!) {
  stop(input: {turnId: $turnId}) {
    turn {
      ...TurnFields
    }
  }
}
    fragment TurnFields on Turn {
  id
  position
  prompt
  reply
  state
  model
  error {
    code
    message
  }
  historyLeftOut
  createdAt
  startedAt
  endedAt
}`) as unknown as TypedDocumentString<StopMutation, StopMutationVariables>;
export const ReplyDocument = new TypedDocumentString(`
    subscription Reply($turnId: ID!, $after: Int!) {
  reply(turnId: $turnId, after: $after) {
    __typename
    number
    ... on ReplyWaiting {
      place
    }
    ... on ReplyTextAdded {
      text
    }
    ... on ReplyTextReplaced {
      text
    }
    ... on ReplyTitled {
      title
    }
    ... on ReplyEnded {
      turn {
        ...TurnFields
      }
    }
  }
}
    fragment TurnFields on Turn {
  id
  position
  prompt
  reply
  state
  model
  error {
    code
    message
  }
  historyLeftOut
  createdAt
  startedAt
  endedAt
}`) as unknown as TypedDocumentString<ReplySubscription, ReplySubscriptionVariables>;
export const ConversationsDocument = new TypedDocumentString(`
    query Conversations($first: Int!, $after: String) {
  conversations(first: $first, after: $after) {
    edges {
      node {
        id
        title
        updatedAt
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<ConversationsQuery, ConversationsQueryVariables>;
export const RemoveConversationDocument = new TypedDocumentString(`
    mutation RemoveConversation($id: ID!) {
  removeConversation(input: {id: $id}) {
    id
  }
}
    `) as unknown as TypedDocumentString<RemoveConversationMutation, RemoveConversationMutationVariables>;
export const ViewerDocument = new TypedDocumentString(`
    query Viewer {
  viewer {
    id
    name
    role
    plus
  }
  server {
    version
    rehearsing
  }
}
    `) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;