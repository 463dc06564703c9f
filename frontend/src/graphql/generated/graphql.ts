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

/** A turn to ask again: another version of it, which follows the same turn. */
export type AskAgainInput = {
  /** The access token of your own account, where one began the conversation.  It is not kept. */
  accessToken?: string | null | undefined;
  /** A text of yours, 1 to 200 characters: sending it again never asks an account twice and gives the first turn. */
  idempotencyKey?: string | null | undefined;
  /** The model to ask; the account's own choice if unset. */
  model?: string | null | undefined;
  /** What to ask instead; the same as before if unset. */
  prompt?: string | null | undefined;
  /** The turn's id; it must have ended. */
  turnId: string | number;
  /** Whether to answer when the reply has ended.  With false the turn is answered as it was kept; follow it with the subscription `reply`. */
  wait?: boolean;
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
  /** The turn of that conversation to go on behind; the newest one if unset. */
  afterTurnId?: string | number | null | undefined;
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
  /** A program that chats, and makes and removes users of its own. */
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

/** Where a turn's token counts come from. */
export type UsageSource =
  /** Estimated from the length of the texts. */
  | 'ESTIMATED'
  /** The account reported them. */
  | 'REPORTED'
  /** Not known: nothing is known to have reached an account. */
  | 'UNKNOWN';

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

export type TurnFieldsFragment = { id: string, position: number, followsTurnId: string | null, viewerCanAskAgain: boolean, prompt: string, reply: string, state: TurnState, model: string | null, historyLeftOut: number, createdAt: string, startedAt: string | null, endedAt: string | null, durationSeconds: number | null, versions: Array<{ id: string }>, error: { code: string, message: string } | null, usage: { promptTokens: number | null, replyTokens: number | null, source: UsageSource } };

export type RelatedFieldsFragment = { id: string, title: string, updatedAt: string };

export type ConversationQueryVariables = Exact<{
  id: string | number;
  last: number;
  before?: string | null | undefined;
  through?: string | number | null | undefined;
}>;


export type ConversationQuery = { conversation: { id: string, title: string, updatedAt: string, continues: { id: string, title: string, updatedAt: string } | null, continuedBy: Array<{ id: string, title: string, updatedAt: string }>, turns: { edges: Array<{ node: { id: string, position: number, followsTurnId: string | null, viewerCanAskAgain: boolean, prompt: string, reply: string, state: TurnState, model: string | null, historyLeftOut: number, createdAt: string, startedAt: string | null, endedAt: string | null, durationSeconds: number | null, versions: Array<{ id: string }>, error: { code: string, message: string } | null, usage: { promptTokens: number | null, replyTokens: number | null, source: UsageSource } } }>, pageInfo: { hasPreviousPage: boolean, startCursor: string | null } } } | null };

export type ChatMutationVariables = Exact<{
  input: ChatInput;
}>;


export type ChatMutation = { chat: { turn: { id: string, position: number, followsTurnId: string | null, viewerCanAskAgain: boolean, prompt: string, reply: string, state: TurnState, model: string | null, historyLeftOut: number, createdAt: string, startedAt: string | null, endedAt: string | null, durationSeconds: number | null, versions: Array<{ id: string }>, error: { code: string, message: string } | null, usage: { promptTokens: number | null, replyTokens: number | null, source: UsageSource } }, conversation: { id: string, title: string, updatedAt: string } } };

export type FollowUpMutationVariables = Exact<{
  input: FollowUpInput;
}>;


export type FollowUpMutation = { followUp: { turn: { id: string, position: number, followsTurnId: string | null, viewerCanAskAgain: boolean, prompt: string, reply: string, state: TurnState, model: string | null, historyLeftOut: number, createdAt: string, startedAt: string | null, endedAt: string | null, durationSeconds: number | null, versions: Array<{ id: string }>, error: { code: string, message: string } | null, usage: { promptTokens: number | null, replyTokens: number | null, source: UsageSource } }, conversation: { id: string, title: string, updatedAt: string } } };

export type AskAgainMutationVariables = Exact<{
  input: AskAgainInput;
}>;


export type AskAgainMutation = { askAgain: { turn: { id: string, position: number, followsTurnId: string | null, viewerCanAskAgain: boolean, prompt: string, reply: string, state: TurnState, model: string | null, historyLeftOut: number, createdAt: string, startedAt: string | null, endedAt: string | null, durationSeconds: number | null, versions: Array<{ id: string }>, error: { code: string, message: string } | null, usage: { promptTokens: number | null, replyTokens: number | null, source: UsageSource } }, conversation: { id: string, title: string, updatedAt: string } } };

export type ModelsQueryVariables = Exact<{ [key: string]: never; }>;


export type ModelsQuery = { models: Array<{ name: string, title: string }> };

export type ContinueElsewhereMutationVariables = Exact<{
  input: ContinueElsewhereInput;
}>;


export type ContinueElsewhereMutation = { continueElsewhere: { turn: { id: string, position: number, followsTurnId: string | null, viewerCanAskAgain: boolean, prompt: string, reply: string, state: TurnState, model: string | null, historyLeftOut: number, createdAt: string, startedAt: string | null, endedAt: string | null, durationSeconds: number | null, versions: Array<{ id: string }>, error: { code: string, message: string } | null, usage: { promptTokens: number | null, replyTokens: number | null, source: UsageSource } }, conversation: { id: string, title: string, updatedAt: string, continues: { id: string, title: string, updatedAt: string } | null } } };

export type ExplainQueryVariables = Exact<{
  turnId: string | number;
}>;


export type ExplainQuery = { turn: { explain: { sentence: string, pinned: boolean, ready: number, busy: number, resting: number, out: number, count: number, account: string | null, leftOut: Array<{ account: string, why: string }> | null } | null } | null };

export type StopMutationVariables = Exact<{
  turnId: string | number;
}>;


export type StopMutation = { stop: { turn: { id: string, position: number, followsTurnId: string | null, viewerCanAskAgain: boolean, prompt: string, reply: string, state: TurnState, model: string | null, historyLeftOut: number, createdAt: string, startedAt: string | null, endedAt: string | null, durationSeconds: number | null, versions: Array<{ id: string }>, error: { code: string, message: string } | null, usage: { promptTokens: number | null, replyTokens: number | null, source: UsageSource } } } };

export type ReplySubscriptionVariables = Exact<{
  turnId: string | number;
  after: number;
}>;


export type ReplySubscription = { reply:
    | { __typename: 'ReplyEnded', number: number, turn: { id: string, position: number, followsTurnId: string | null, viewerCanAskAgain: boolean, prompt: string, reply: string, state: TurnState, model: string | null, historyLeftOut: number, createdAt: string, startedAt: string | null, endedAt: string | null, durationSeconds: number | null, versions: Array<{ id: string }>, error: { code: string, message: string } | null, usage: { promptTokens: number | null, replyTokens: number | null, source: UsageSource } } }
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
  followsTurnId
  versions {
    id
  }
  viewerCanAskAgain
  prompt
  reply
  state
  model
  error {
    code
    message
  }
  usage {
    promptTokens
    replyTokens
    source
  }
  historyLeftOut
  createdAt
  startedAt
  endedAt
  durationSeconds
}
    `, {"fragmentName":"TurnFields"}) as unknown as TypedDocumentString<TurnFieldsFragment, unknown>;
export const RelatedFieldsFragmentDoc = new TypedDocumentString(`
    fragment RelatedFields on Conversation {
  id
  title
  updatedAt
}
    `, {"fragmentName":"RelatedFields"}) as unknown as TypedDocumentString<RelatedFieldsFragment, unknown>;
export const AccountStatesDocument = {"__meta__":{"documentId":"sha256:51bccf621a10376140a9477d7525ee79ed310683060f7efcd3ee6ec84eaf2276"}} as unknown as TypedDocumentString<AccountStatesSubscription, AccountStatesSubscriptionVariables>;
export const SettingsProblemDocument = {"__meta__":{"documentId":"sha256:cf018153ef2bae670e8890366e2d5de9d7346c7750a43b0bd27aaa27879f03e4"}} as unknown as TypedDocumentString<SettingsProblemQuery, SettingsProblemQueryVariables>;
export const AddAccountDocument = {"__meta__":{"documentId":"sha256:f34424e1f0216cba541aa096c31f3978b837ae72181b8b4675103963e7d94226"}} as unknown as TypedDocumentString<AddAccountMutation, AddAccountMutationVariables>;
export const TestAccountDocument = {"__meta__":{"documentId":"sha256:f8c971da8df56d61d31de99007fe725db65f239163e674e1372b79ad25317932"}} as unknown as TypedDocumentString<TestAccountMutation, TestAccountMutationVariables>;
export const SignInAccountDocument = {"__meta__":{"documentId":"sha256:36090a1f4e18a9eba63eccce073d129fc370771e52805531632d833827779466"}} as unknown as TypedDocumentString<SignInAccountMutation, SignInAccountMutationVariables>;
export const CheckProxyDocument = {"__meta__":{"documentId":"sha256:699cbf3000d1bed74c3350abb7441247336ea752b25b60103e800291370ca596"}} as unknown as TypedDocumentString<CheckProxyMutation, CheckProxyMutationVariables>;
export const RestAccountDocument = {"__meta__":{"documentId":"sha256:ead17decb68e081c3f6d3d2a73dc2b355310cab0523d7452e0f186aafdda2fe2"}} as unknown as TypedDocumentString<RestAccountMutation, RestAccountMutationVariables>;
export const WakeAccountDocument = {"__meta__":{"documentId":"sha256:eeeaade799103b9442845d11acf3529ee55d61acb8137fb86f10c6ca71f8f0f6"}} as unknown as TypedDocumentString<WakeAccountMutation, WakeAccountMutationVariables>;
export const DisableAccountDocument = {"__meta__":{"documentId":"sha256:290605090ce6385def9c81f3b62663b7805a5be91c85def75b85855bc1f9a56f"}} as unknown as TypedDocumentString<DisableAccountMutation, DisableAccountMutationVariables>;
export const EnableAccountDocument = {"__meta__":{"documentId":"sha256:b69c7715a941f10131b21718c91a7e02b9fec20691981d9db69f031df7821584"}} as unknown as TypedDocumentString<EnableAccountMutation, EnableAccountMutationVariables>;
export const RemoveAccountDocument = {"__meta__":{"documentId":"sha256:238df014cbea34eb131536d60f9830a03d548443b4774ffdb3dd2b56ab5584ca"}} as unknown as TypedDocumentString<RemoveAccountMutation, RemoveAccountMutationVariables>;
export const ConversationDocument = {"__meta__":{"documentId":"sha256:c81f24ea16359847de14b22dfb30ece6b0687782f63200b9700c480f7517f2e2"}} as unknown as TypedDocumentString<ConversationQuery, ConversationQueryVariables>;
export const ChatDocument = {"__meta__":{"documentId":"sha256:f68d44e5f8c553a0d07b9f78b02648a1392274354a48b296235b02e479cf334d"}} as unknown as TypedDocumentString<ChatMutation, ChatMutationVariables>;
export const FollowUpDocument = {"__meta__":{"documentId":"sha256:6501e782873fb2bf7b239d426c330cc1c21c0bdfd8b612a344a79fa143c4cd29"}} as unknown as TypedDocumentString<FollowUpMutation, FollowUpMutationVariables>;
export const AskAgainDocument = {"__meta__":{"documentId":"sha256:193053dc406da6e54e6aef2f406a70d9f47ecc064a76ef9e71191e5fc13e7056"}} as unknown as TypedDocumentString<AskAgainMutation, AskAgainMutationVariables>;
export const ModelsDocument = {"__meta__":{"documentId":"sha256:5c17fcb76b63c1b937979c8b61d657f5eb97358d82094c63021f3778b3a5ee05"}} as unknown as TypedDocumentString<ModelsQuery, ModelsQueryVariables>;
export const ContinueElsewhereDocument = {"__meta__":{"documentId":"sha256:43938a4b0d76a3ab8967e9b1fef2e1f6adee2990773a6c91a171467a1a15c79a"}} as unknown as TypedDocumentString<ContinueElsewhereMutation, ContinueElsewhereMutationVariables>;
export const ExplainDocument = {"__meta__":{"documentId":"sha256:b24502f96ef43b60dcf5b75e8945526f194b19eed3e70859882657697297be69"}} as unknown as TypedDocumentString<ExplainQuery, ExplainQueryVariables>;
export const StopDocument = {"__meta__":{"documentId":"sha256:1d7746d1bbe971e40075ed3726c272f1e5f3e292980dc65a00f8890d7ca6f87d"}} as unknown as TypedDocumentString<StopMutation, StopMutationVariables>;
export const ReplyDocument = {"__meta__":{"documentId":"sha256:ab77b935b14472754681eb906cc924e5cd84e1480cd5d04f25a2dd71e7f9a449"}} as unknown as TypedDocumentString<ReplySubscription, ReplySubscriptionVariables>;
export const ConversationsDocument = {"__meta__":{"documentId":"sha256:863474fc34da16b1f9b634474b1c5f622133209e97d0699778d40966e5a750a2"}} as unknown as TypedDocumentString<ConversationsQuery, ConversationsQueryVariables>;
export const RemoveConversationDocument = {"__meta__":{"documentId":"sha256:1a965a3218fb99d4b7ee595b76c0ceb560e6ed5dc7bc9fc3656b346e1e890519"}} as unknown as TypedDocumentString<RemoveConversationMutation, RemoveConversationMutationVariables>;
export const FirstStepsDocument = {"__meta__":{"documentId":"sha256:8ace16fea05904c81481151c3529d6484146a69949efb3fcb4063ed1ff669e2d"}} as unknown as TypedDocumentString<FirstStepsQuery, FirstStepsQueryVariables>;
export const ViewerDocument = {"__meta__":{"documentId":"sha256:1fce1e75d608b48ab46238a099a6a62989ac735bfcd97ce1250821f8a90dbf60"}} as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
export const OwnerDocument = {"__meta__":{"documentId":"sha256:63f7dabab8cf79542f055f6cc4b0b687ab6e6cac65bfeaf24a8e7395bde72185"}} as unknown as TypedDocumentString<OwnerQuery, OwnerQueryVariables>;