/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** How an account stands. */
export type AccountHealth =
  /** It answers, and is writing all the replies that it may at once. */
  | 'BUSY'
  /** It was switched off. */
  | 'DISABLED'
  /** It is not asked again until a person has looked at it. */
  | 'NEEDS_ATTENTION'
  /** It answers, and has room. */
  | 'READY'
  /** It failed or reached a limit, and is asked again later. */
  | 'RESTING';

/** What an account speaks to. */
export type AccountKind =
  /** The ChatGPT web service. */
  | 'CHATGPT'
  /** An OpenAI-compatible server. */
  | 'OPENAI'
  /** The built-in stand-in, for trying things out. */
  | 'REHEARSAL';

/** Where an account is defined. */
export type AccountSource =
  /** In the record: an admin added it. */
  | 'RECORD'
  /** In settings.yaml, where alone it can be changed or removed. */
  | 'SETTINGS';

/** An account as settings.yaml would define it, with the same keys and rules.  Secrets are kept sealed and never shown again; what stands here is taken as it is, without `${…}`. */
export type AddAccountInput = {
  /** A ChatGPT access token. */
  accessToken?: string | null | undefined;
  /** The key of an OpenAI-compatible server. */
  apiKey?: string | null | undefined;
  /** Where passwords and refresh tokens go. */
  authUrl?: string | null | undefined;
  /** Where prompts go. */
  baseUrl?: string | null | undefined;
  /** How many replies it may write at once. */
  concurrency?: number | null | undefined;
  /** The tokens that the model can read. */
  context?: number | null | undefined;
  /** A ChatGPT account's e-mail address. */
  email?: string | null | undefined;
  /** What it speaks to. */
  kind: AccountKind;
  /** Where signing in begins. */
  loginUrl?: string | null | undefined;
  /** Which model to ask for. */
  model?: string | null | undefined;
  /** A name that no other account has. */
  name: string;
  /** A ChatGPT account's password. */
  password?: string | null | undefined;
  /** Whether it is a Plus account. */
  plus?: boolean | null | undefined;
  /** `socks5://HOST:PORT` or the like, or `default`; when it is down nothing goes direct. */
  proxy?: string | null | undefined;
  /** A ChatGPT refresh token. */
  refreshToken?: string | null | undefined;
  /** Its share of the prompts with the rule `weighted`. */
  weight?: number | null | undefined;
};

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

/** A prompt that goes on with a conversation on another account than the one that began it. */
export type ContinueElsewhereInput = {
  /** The conversation's id, or the id it had on an older server. */
  conversationId: string | number;
  /** A text of yours, 1 to 200 characters: sending it again never asks an account twice and gives the first turn. */
  idempotencyKey?: string | null | undefined;
  /** Which of the other built-in accounts may answer. */
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

/** How a proxy took a connection to an account's upstream. */
export type ProxyState =
  /** It does not answer at its address. */
  | 'DOWN'
  /** It said nothing in time. */
  | 'HANGING'
  /** It is up, but cannot reach the upstream. */
  | 'NO_WAY_ON'
  /** It refused to connect. */
  | 'REFUSING'
  /** It connected. */
  | 'UP'
  /** It refused its user name or password. */
  | 'WRONG_LOGIN';

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

export type AccountFieldsFragment = { id: string, name: string, kind: AccountKind, source: AccountSource, plus: boolean, health: AccountHealth, why: string, until: string | null, inFlight: number, concurrency: number, waiting: number, lastUsedAt: string | null, hasProxy: boolean, viewerCanSignIn: boolean, viewerCanCheckProxy: boolean, viewerCanRemove: boolean };

export type AccountStatesSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type AccountStatesSubscription = { accountStates: Array<{ id: string, name: string, kind: AccountKind, source: AccountSource, plus: boolean, health: AccountHealth, why: string, until: string | null, inFlight: number, concurrency: number, waiting: number, lastUsedAt: string | null, hasProxy: boolean, viewerCanSignIn: boolean, viewerCanCheckProxy: boolean, viewerCanRemove: boolean }> };

export type SettingsProblemQueryVariables = Exact<{ [key: string]: never; }>;


export type SettingsProblemQuery = { server: { settingsProblem: string | null } };

export type AddAccountMutationVariables = Exact<{
  input: AddAccountInput;
}>;


export type AddAccountMutation = { addAccount: { account: { id: string, name: string, kind: AccountKind, source: AccountSource, plus: boolean, health: AccountHealth, why: string, until: string | null, inFlight: number, concurrency: number, waiting: number, lastUsedAt: string | null, hasProxy: boolean, viewerCanSignIn: boolean, viewerCanCheckProxy: boolean, viewerCanRemove: boolean } } };

export type TestAccountMutationVariables = Exact<{
  name: string;
}>;


export type TestAccountMutation = { testAccount: { ok: boolean, code: string | null, message: string, seconds: number, account: { id: string, name: string, kind: AccountKind, source: AccountSource, plus: boolean, health: AccountHealth, why: string, until: string | null, inFlight: number, concurrency: number, waiting: number, lastUsedAt: string | null, hasProxy: boolean, viewerCanSignIn: boolean, viewerCanCheckProxy: boolean, viewerCanRemove: boolean } } };

export type SignInAccountMutationVariables = Exact<{
  name: string;
}>;


export type SignInAccountMutation = { signInAccount: { account: { id: string, name: string, kind: AccountKind, source: AccountSource, plus: boolean, health: AccountHealth, why: string, until: string | null, inFlight: number, concurrency: number, waiting: number, lastUsedAt: string | null, hasProxy: boolean, viewerCanSignIn: boolean, viewerCanCheckProxy: boolean, viewerCanRemove: boolean } } };

export type CheckProxyMutationVariables = Exact<{
  name: string;
}>;


export type CheckProxyMutation = { checkProxy: { state: ProxyState, message: string, seconds: number } };

export type RestAccountMutationVariables = Exact<{
  name: string;
  until: string;
}>;


export type RestAccountMutation = { restAccount: { account: { id: string, name: string, kind: AccountKind, source: AccountSource, plus: boolean, health: AccountHealth, why: string, until: string | null, inFlight: number, concurrency: number, waiting: number, lastUsedAt: string | null, hasProxy: boolean, viewerCanSignIn: boolean, viewerCanCheckProxy: boolean, viewerCanRemove: boolean } } };

export type WakeAccountMutationVariables = Exact<{
  name: string;
}>;


export type WakeAccountMutation = { wakeAccount: { account: { id: string, name: string, kind: AccountKind, source: AccountSource, plus: boolean, health: AccountHealth, why: string, until: string | null, inFlight: number, concurrency: number, waiting: number, lastUsedAt: string | null, hasProxy: boolean, viewerCanSignIn: boolean, viewerCanCheckProxy: boolean, viewerCanRemove: boolean } } };

export type DisableAccountMutationVariables = Exact<{
  name: string;
}>;


export type DisableAccountMutation = { disableAccount: { account: { id: string, name: string, kind: AccountKind, source: AccountSource, plus: boolean, health: AccountHealth, why: string, until: string | null, inFlight: number, concurrency: number, waiting: number, lastUsedAt: string | null, hasProxy: boolean, viewerCanSignIn: boolean, viewerCanCheckProxy: boolean, viewerCanRemove: boolean } } };

export type EnableAccountMutationVariables = Exact<{
  name: string;
}>;


export type EnableAccountMutation = { enableAccount: { account: { id: string, name: string, kind: AccountKind, source: AccountSource, plus: boolean, health: AccountHealth, why: string, until: string | null, inFlight: number, concurrency: number, waiting: number, lastUsedAt: string | null, hasProxy: boolean, viewerCanSignIn: boolean, viewerCanCheckProxy: boolean, viewerCanRemove: boolean } } };

export type RemoveAccountMutationVariables = Exact<{
  name: string;
}>;


export type RemoveAccountMutation = { removeAccount: { name: string } };

export type TurnFieldsFragment = { id: string, position: number, prompt: string, reply: string, state: TurnState, model: string | null, historyLeftOut: number, createdAt: string, startedAt: string | null, endedAt: string | null, error: { code: string, message: string } | null };

export type RelatedFieldsFragment = { id: string, title: string, updatedAt: string };

export type ConversationQueryVariables = Exact<{
  id: string | number;
  last: number;
  before?: string | null | undefined;
}>;


export type ConversationQuery = { conversation: { id: string, title: string, updatedAt: string, continues: { id: string, title: string, updatedAt: string } | null, continuedBy: Array<{ id: string, title: string, updatedAt: string }>, turns: { edges: Array<{ node: { id: string, position: number, prompt: string, reply: string, state: TurnState, model: string | null, historyLeftOut: number, createdAt: string, startedAt: string | null, endedAt: string | null, error: { code: string, message: string } | null } }>, pageInfo: { hasPreviousPage: boolean, startCursor: string | null } } } | null };

export type ChatMutationVariables = Exact<{
  input: ChatInput;
}>;


export type ChatMutation = { chat: { turn: { id: string, position: number, prompt: string, reply: string, state: TurnState, model: string | null, historyLeftOut: number, createdAt: string, startedAt: string | null, endedAt: string | null, error: { code: string, message: string } | null }, conversation: { id: string, title: string, updatedAt: string } } };

export type FollowUpMutationVariables = Exact<{
  input: FollowUpInput;
}>;


export type FollowUpMutation = { followUp: { turn: { id: string, position: number, prompt: string, reply: string, state: TurnState, model: string | null, historyLeftOut: number, createdAt: string, startedAt: string | null, endedAt: string | null, error: { code: string, message: string } | null }, conversation: { id: string, title: string, updatedAt: string } } };

export type ContinueElsewhereMutationVariables = Exact<{
  input: ContinueElsewhereInput;
}>;


export type ContinueElsewhereMutation = { continueElsewhere: { turn: { id: string, position: number, prompt: string, reply: string, state: TurnState, model: string | null, historyLeftOut: number, createdAt: string, startedAt: string | null, endedAt: string | null, error: { code: string, message: string } | null }, conversation: { id: string, title: string, updatedAt: string, continues: { id: string, title: string, updatedAt: string } | null } } };

export type ExplainQueryVariables = Exact<{
  turnId: string | number;
}>;


export type ExplainQuery = { turn: { explain: { sentence: string, pinned: boolean, ready: number, busy: number, resting: number, out: number, count: number, account: string | null, leftOut: Array<{ account: string, why: string }> | null } | null } | null };

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

export type FirstStepsQueryVariables = Exact<{ [key: string]: never; }>;


export type FirstStepsQuery = { server: { rehearsing: boolean, clientExists: boolean | null } };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { id: string, name: string, role: Role, plus: boolean, viewerCanSeeAccounts: boolean, viewerCanManageAccounts: boolean }, server: { version: string, rehearsing: boolean } };

export type OwnerQueryVariables = Exact<{ [key: string]: never; }>;


export type OwnerQuery = { viewer: { id: string, name: string } };

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
export const AccountFieldsFragmentDoc = new TypedDocumentString(`
    fragment AccountFields on Account {
  id
  name
  kind
  source
  plus
  health
  why
  until
  inFlight
  concurrency
  waiting
  lastUsedAt
  hasProxy
  viewerCanSignIn
  viewerCanCheckProxy
  viewerCanRemove
}
    `, {"fragmentName":"AccountFields"}) as unknown as TypedDocumentString<AccountFieldsFragment, unknown>;
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
export const RelatedFieldsFragmentDoc = new TypedDocumentString(`
    fragment RelatedFields on Conversation {
  id
  title
  updatedAt
}
    `, {"fragmentName":"RelatedFields"}) as unknown as TypedDocumentString<RelatedFieldsFragment, unknown>;
export const AccountStatesDocument = new TypedDocumentString(`
    subscription AccountStates {
  accountStates {
    ...AccountFields
  }
}
    fragment AccountFields on Account {
  id
  name
  kind
  source
  plus
  health
  why
  until
  inFlight
  concurrency
  waiting
  lastUsedAt
  hasProxy
  viewerCanSignIn
  viewerCanCheckProxy
  viewerCanRemove
}`) as unknown as TypedDocumentString<AccountStatesSubscription, AccountStatesSubscriptionVariables>;
export const SettingsProblemDocument = new TypedDocumentString(`
    query SettingsProblem {
  server {
    settingsProblem
  }
}
    `) as unknown as TypedDocumentString<SettingsProblemQuery, SettingsProblemQueryVariables>;
export const AddAccountDocument = new TypedDocumentString(`
    mutation AddAccount($input: AddAccountInput!) {
  addAccount(input: $input) {
    account {
      ...AccountFields
    }
  }
}
    fragment AccountFields on Account {
  id
  name
  kind
  source
  plus
  health
  why
  until
  inFlight
  concurrency
  waiting
  lastUsedAt
  hasProxy
  viewerCanSignIn
  viewerCanCheckProxy
  viewerCanRemove
}`) as unknown as TypedDocumentString<AddAccountMutation, AddAccountMutationVariables>;
export const TestAccountDocument = new TypedDocumentString(`
    mutation TestAccount($name: String!) {
  testAccount(input: {name: $name}) {
    account {
      ...AccountFields
    }
    ok
    code
    message
    seconds
  }
}
    fragment AccountFields on Account {
  id
  name
  kind
  source
  plus
  health
  why
  until
  inFlight
  concurrency
  waiting
  lastUsedAt
  hasProxy
  viewerCanSignIn
  viewerCanCheckProxy
  viewerCanRemove
}`) as unknown as TypedDocumentString<TestAccountMutation, TestAccountMutationVariables>;
export const SignInAccountDocument = new TypedDocumentString(`
    mutation SignInAccount($name: String!) {
  signInAccount(input: {name: $name}) {
    account {
      ...AccountFields
    }
  }
}
    fragment AccountFields on Account {
  id
  name
  kind
  source
  plus
  health
  why
  until
  inFlight
  concurrency
  waiting
  lastUsedAt
  hasProxy
  viewerCanSignIn
  viewerCanCheckProxy
  viewerCanRemove
}`) as unknown as TypedDocumentString<SignInAccountMutation, SignInAccountMutationVariables>;
export const CheckProxyDocument = new TypedDocumentString(`
    mutation CheckProxy($name: String!) {
  checkProxy(input: {name: $name}) {
    state
    message
    seconds
  }
}
    `) as unknown as TypedDocumentString<CheckProxyMutation, CheckProxyMutationVariables>;
export const RestAccountDocument = new TypedDocumentString(`
    mutation RestAccount($name: String!, $until: DateTime!) {
  restAccount(input: {name: $name, until: $until}) {
    account {
      ...AccountFields
    }
  }
}
    fragment AccountFields on Account {
  id
  name
  kind
  source
  plus
  health
  why
  until
  inFlight
  concurrency
  waiting
  lastUsedAt
  hasProxy
  viewerCanSignIn
  viewerCanCheckProxy
  viewerCanRemove
}`) as unknown as TypedDocumentString<RestAccountMutation, RestAccountMutationVariables>;
export const WakeAccountDocument = new TypedDocumentString(`
    mutation WakeAccount($name: String!) {
  wakeAccount(input: {name: $name}) {
    account {
      ...AccountFields
    }
  }
}
    fragment AccountFields on Account {
  id
  name
  kind
  source
  plus
  health
  why
  until
  inFlight
  concurrency
  waiting
  lastUsedAt
  hasProxy
  viewerCanSignIn
  viewerCanCheckProxy
  viewerCanRemove
}`) as unknown as TypedDocumentString<WakeAccountMutation, WakeAccountMutationVariables>;
export const DisableAccountDocument = new TypedDocumentString(`
    mutation DisableAccount($name: String!) {
  disableAccount(input: {name: $name}) {
    account {
      ...AccountFields
    }
  }
}
    fragment AccountFields on Account {
  id
  name
  kind
  source
  plus
  health
  why
  until
  inFlight
  concurrency
  waiting
  lastUsedAt
  hasProxy
  viewerCanSignIn
  viewerCanCheckProxy
  viewerCanRemove
}`) as unknown as TypedDocumentString<DisableAccountMutation, DisableAccountMutationVariables>;
export const EnableAccountDocument = new TypedDocumentString(`
    mutation EnableAccount($name: String!) {
  enableAccount(input: {name: $name}) {
    account {
      ...AccountFields
    }
  }
}
    fragment AccountFields on Account {
  id
  name
  kind
  source
  plus
  health
  why
  until
  inFlight
  concurrency
  waiting
  lastUsedAt
  hasProxy
  viewerCanSignIn
  viewerCanCheckProxy
  viewerCanRemove
}`) as unknown as TypedDocumentString<EnableAccountMutation, EnableAccountMutationVariables>;
export const RemoveAccountDocument = new TypedDocumentString(`
    mutation RemoveAccount($name: String!) {
  removeAccount(input: {name: $name}) {
    name
  }
}
    `) as unknown as TypedDocumentString<RemoveAccountMutation, RemoveAccountMutationVariables>;
export const ConversationDocument = new TypedDocumentString(`
    query Conversation($id: ID!, $last: Int!, $before: String) {
  conversation(id: $id) {
    id
    title
    updatedAt
    continues {
      ...RelatedFields
    }
    continuedBy {
      ...RelatedFields
    }
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
}
fragment RelatedFields on Conversation {
  id
  title
  updatedAt
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
export const ContinueElsewhereDocument = new TypedDocumentString(`
    mutation ContinueElsewhere($input: ContinueElsewhereInput!) {
  continueElsewhere(input: $input) {
    turn {
      ...TurnFields
    }
    conversation {
      id
      title
      updatedAt
      continues {
        ...RelatedFields
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
}
fragment RelatedFields on Conversation {
  id
  title
  updatedAt
}`) as unknown as TypedDocumentString<ContinueElsewhereMutation, ContinueElsewhereMutationVariables>;
export const ExplainDocument = new TypedDocumentString(`
    query Explain($turnId: ID!) {
  turn(id: $turnId) {
    explain {
      sentence
      pinned
      ready
      busy
      resting
      out
      count
      account
      leftOut {
        account
        why
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ExplainQuery, ExplainQueryVariables>;
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
export const FirstStepsDocument = new TypedDocumentString(`
    query FirstSteps {
  server {
    rehearsing
    clientExists
  }
}
    `) as unknown as TypedDocumentString<FirstStepsQuery, FirstStepsQueryVariables>;
export const ViewerDocument = new TypedDocumentString(`
    query Viewer {
  viewer {
    id
    name
    role
    plus
    viewerCanSeeAccounts
    viewerCanManageAccounts
  }
  server {
    version
    rehearsing
  }
}
    `) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
export const OwnerDocument = new TypedDocumentString(`
    query Owner {
  viewer {
    id
    name
  }
}
    `) as unknown as TypedDocumentString<OwnerQuery, OwnerQueryVariables>;