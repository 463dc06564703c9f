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

/** What of an account is never shown. */
export type AccountSecret =
  /** A ChatGPT access token. */
  | 'ACCESS_TOKEN'
  /** The key of an OpenAI-compatible server. */
  | 'API_KEY'
  /** A ChatGPT account's password. */
  | 'PASSWORD'
  /** The user name and password in its proxy's URL. */
  | 'PROXY_LOGIN'
  /** A ChatGPT refresh token. */
  | 'REFRESH_TOKEN';

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

/** One more key of a user. */
export type AddKeyInput = {
  /** When the key expires, with its offset from UTC; null if it does not.  For yourself no later than the key that you use now. */
  expiresAt?: string | null | undefined;
  /** The key's name, 1 to 100 characters. */
  name: string;
  /** The user's id; null for your own user. */
  userId?: string | number | null | undefined;
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

/** What changes of an account, by the rules of `AddAccountInput`: a key that is left out stays as it is, null takes it away.  Name and kind stay. */
export type ChangeAccountInput = {
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
  /** Where signing in begins. */
  loginUrl?: string | null | undefined;
  /** Which model to ask for. */
  model?: string | null | undefined;
  /** The account's name. */
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

/** What becomes of a conversation.  What is unset or null stays as it is. */
export type ChangeConversationInput = {
  /** Tags that it gets beside those that it has; upper and lower case are one. */
  addTags?: Array<string>;
  /** Whether it is archived. */
  archived?: boolean | null | undefined;
  /** The conversation's id, or the id it had on an older server. */
  id: string | number;
  /** Whether it is pinned. */
  pinned?: boolean | null | undefined;
  /** Tags that are taken off; one that it does not have does no harm. */
  removeTags?: Array<string>;
  /** All its tags, at most 20 with 1 to 50 characters each; an empty list takes them off. */
  tags?: Array<string> | null | undefined;
  /** Its new title, 1 to 200 characters.  It is never replaced by an account's own. */
  title?: string | null | undefined;
};

/** What to change of a user; what is null stays as it is. */
export type ChangeUserInput = {
  /** Whether its keys, and with a client those of its users, stop to work.  Replies that are being written stop, and what was written is kept. */
  disabled?: boolean | null | undefined;
  /** The user's id. */
  id: string | number;
  /** The user's name, 1 to 200 characters. */
  name?: string | null | undefined;
  /** Whether built-in Plus accounts may answer it; your own key must include them. */
  plus?: boolean | null | undefined;
  /** The user's role.  For admins. */
  role?: Role | null | undefined;
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

/** Which of your conversations are listed.  All of it has to be true of each. */
export type ConversationFilter = {
  /** true: archived ones alone; false: those that are not; null: both. */
  archived?: boolean | null | undefined;
  /** true: pinned ones alone; false: those that are not; null: both. */
  pinned?: boolean | null | undefined;
  /** Those that were removed and can still be restored, archived or not.  Goes without the others. */
  removed?: boolean;
  /** Those with this tag; upper and lower case are one.  null: with any or none. */
  tag?: string | null | undefined;
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

/** The user to create, who gets the key. */
export type IssueKeyInput = {
  /** When the key expires, with its offset from UTC; null if it does not. */
  expiresAt?: string | null | undefined;
  /** Your own id for the user, 1 to 200 characters. */
  externalId?: string | null | undefined;
  /** The key's name, 1 to 100 characters. */
  keyName?: string;
  /** The user's name, 1 to 200 characters. */
  name: string;
  /** Whether built-in Plus accounts may answer it; your own key must include them. */
  plus?: boolean;
  /** The user's role; clients and admins are made by admins alone. */
  role?: Role;
};

/** Why an account did not get a turn. */
export type LeftOutReason =
  /** It was writing all the replies that it may at once. */
  | 'BUSY'
  /** It was switched off. */
  | 'DISABLED'
  /** It was asked before, and failed. */
  | 'FAILED_BEFORE'
  /** The conversation goes on elsewhere, and leaves it. */
  | 'LEFT'
  /** It waited for a person. */
  | 'NEEDS_ATTENTION'
  /** A free one was asked for, and it is Plus. */
  | 'NOT_FREE'
  /** It was another one's turn. */
  | 'NOT_ITS_TURN'
  /** Plus was asked for, and it is free. */
  | 'NOT_PLUS'
  /** It is Plus, which the sender's key does not include. */
  | 'PLUS_NOT_INCLUDED'
  /** It was being tried after its rest. */
  | 'PROBING'
  /** It rested. */
  | 'RESTING'
  /** It rehearses, and there is an account that does not. */
  | 'STANDS_BACK'
  /** It does not offer the model. */
  | 'WITHOUT_MODEL';

/** Who said a message. */
export type MessageRole =
  /** Whoever answered. */
  | 'ASSISTANT'
  /** Whoever instructs the model. */
  | 'SYSTEM'
  /** Whoever asked. */
  | 'USER';

/** Which of the built-in accounts may answer. */
export type Plan =
  /** Any account that your key includes. */
  | 'ANY'
  /** Free accounts alone. */
  | 'FREE'
  /** Plus accounts alone; your key must include them. */
  | 'PLUS';

/** By which rule the pool gives its accounts out. */
export type PoolRule =
  /** Whichever is the least busy. */
  | 'LEAST_BUSY'
  /** Whichever has waited longest. */
  | 'ROUND_ROBIN'
  /** In turn, by their weights. */
  | 'WEIGHTED';

/** What is wrong with a turn or a conversation. */
export type ProblemCode =
  /** The receipt was edited or made up. */
  | 'BAD_SIGNATURE'
  /** The turn does not follow on the one before it as that one is now. */
  | 'BROKEN_CHAIN'
  /** Something else of the turn was changed; the message names it. */
  | 'EDITED'
  /** The prompt is not what was asked. */
  | 'EDITED_PROMPT'
  /** The reply is not what was answered. */
  | 'EDITED_REPLY'
  /** A turn, or several in a row, are not there any more. */
  | 'MISSING_TURN'
  /** The turn has no receipt, and should have one. */
  | 'NO_RECEIPT'
  /** The receipt is signed by a key that this server does not have. */
  | 'UNKNOWN_KEY'
  /** It belonged to another conversation. */
  | 'WRONG_CONVERSATION'
  /** What says which turn is the last is missing, older or made up. */
  | 'WRONG_HEAD'
  /** The turn stood elsewhere in the order, or its receipt is another turn's. */
  | 'WRONG_ORDER'
  /** It belonged to another user. */
  | 'WRONG_OWNER';

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

/** What to change of a key; what is not sent stays as it is. */
export type RenameKeyInput = {
  /** When the key expires, with its offset from UTC; null if it does not. */
  expiresAt?: string | null | undefined;
  /** The key's id. */
  id: string | number;
  /** The key's name, 1 to 100 characters. */
  name?: string | null | undefined;
};

/** A sign-in at ChatGPT.  Neither of the two is kept. */
export type RetrieveAccessTokenInput = {
  /** The account's e-mail address. */
  email: string;
  /** The account's password. */
  password: string;
};

/** What a user may do. */
export type Role =
  /** Everything, for everyone. */
  | 'ADMIN'
  /** A program that chats, and makes and removes users of its own. */
  | 'CLIENT'
  /** Chats and sees its own conversations. */
  | 'USER';

/** Where something was found. */
export type SearchField =
  /** In what was asked. */
  | 'PROMPT'
  /** In what was answered. */
  | 'REPLY'
  /** In a conversation's title. */
  | 'TITLE';

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

/** What a report of use is grouped by. */
export type UseDimension =
  /** The account.  For those who may see the accounts. */
  | 'ACCOUNT'
  /** The client: itself, or the one that made the user who asked. */
  | 'CLIENT'
  /** The model that answered. */
  | 'MODEL'
  /** The hour, day or month, as `step` says, in which a reply ended. */
  | 'TIME'
  /** The user who asked. */
  | 'USER';

/** Whose use, or of what; what is null says nothing. */
export type UseFilter = {
  /** The account's name; `own` for accounts that callers bring. */
  account?: string | null | undefined;
  /** The id of a client or admin: its own use and that of the users that it made. */
  clientId?: string | number | null | undefined;
  /** The model that answered. */
  model?: string | null | undefined;
  /** The id of the user who asked. */
  userId?: string | number | null | undefined;
};

/** How long a step of time is. */
export type UseStep =
  /** 24 hours from midnight, at the offset from UTC that `from` has. */
  | 'DAY'
  /** An hour of UTC. */
  | 'HOUR'
  /** A calendar month, at the offset from UTC that `from` has. */
  | 'MONTH';

/** Which users; what is null says nothing. */
export type UserFilter = {
  /** Whether they are disabled. */
  disabled?: boolean | null | undefined;
  /** The id of the admin or client that made them. */
  ownerId?: string | number | null | undefined;
  /** The role. */
  role?: Role | null | undefined;
  /** What the name or the external id has in it, in any case; those that begin with it come first. */
  text?: string | null | undefined;
};

export type KeyFieldsFragment = { id: string, name: string, prefix: string, createdAt: string, expiresAt: string | null, lastUsedAt: string | null, current: boolean, viewerCanRevoke: boolean };

export type AccessQueryVariables = Exact<{
  userId: string | number;
  from: string;
}>;


export type AccessQuery = { user: { id: string, keys: Array<{ id: string, name: string, prefix: string, createdAt: string, expiresAt: string | null, lastUsedAt: string | null, current: boolean, viewerCanRevoke: boolean }>, use: { prompts: number, finished: number, failed: number, stopped: number, promptTokens: number | null, replyTokens: number | null, estimatedTokens: number, unknownTokens: number, seconds: number } } | null };

export type AddKeyMutationVariables = Exact<{
  input: AddKeyInput;
}>;


export type AddKeyMutation = { addKey: { key: string, issued: { id: string, name: string, prefix: string, createdAt: string, expiresAt: string | null, lastUsedAt: string | null, current: boolean, viewerCanRevoke: boolean } } };

export type RenameKeyMutationVariables = Exact<{
  input: RenameKeyInput;
}>;


export type RenameKeyMutation = { renameKey: { key: { id: string, name: string, prefix: string, createdAt: string, expiresAt: string | null, lastUsedAt: string | null, current: boolean, viewerCanRevoke: boolean } } };

export type RevokeKeyMutationVariables = Exact<{
  id: string | number;
}>;


export type RevokeKeyMutation = { revokeKey: { id: string } };

export type SessionsQueryVariables = Exact<{ [key: string]: never; }>;


export type SessionsQuery = { viewer: { id: string, sessions: number } };

export type SignOutEverywhereMutationVariables = Exact<{ [key: string]: never; }>;


export type SignOutEverywhereMutation = { signOutEverywhere: { sessions: number } };

export type RetrieveAccessTokenMutationVariables = Exact<{
  input: RetrieveAccessTokenInput;
}>;


export type RetrieveAccessTokenMutation = { retrieveAccessToken: { accessToken: string, expiresAt: string | null } };

export type AccountFieldsFragment = { id: string, name: string, kind: AccountKind, source: AccountSource, plus: boolean, health: AccountHealth, why: string, whyCode: string | null, until: string | null, inFlight: number, concurrency: number, waiting: number, lastUsedAt: string | null, hasProxy: boolean, viewerCanSignIn: boolean, viewerCanCheckProxy: boolean, viewerCanRemove: boolean, definition: { weight: number, concurrency: number, proxy: string | null, model: string | null, context: number | null, baseUrl: string | null, loginUrl: string | null, authUrl: string | null, email: string | null, secrets: Array<AccountSecret> } | null };

export type AccountStatesSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type AccountStatesSubscription = { accountStates: Array<{ id: string, name: string, kind: AccountKind, source: AccountSource, plus: boolean, health: AccountHealth, why: string, whyCode: string | null, until: string | null, inFlight: number, concurrency: number, waiting: number, lastUsedAt: string | null, hasProxy: boolean, viewerCanSignIn: boolean, viewerCanCheckProxy: boolean, viewerCanRemove: boolean, definition: { weight: number, concurrency: number, proxy: string | null, model: string | null, context: number | null, baseUrl: string | null, loginUrl: string | null, authUrl: string | null, email: string | null, secrets: Array<AccountSecret> } | null }> };

export type SettingsProblemQueryVariables = Exact<{ [key: string]: never; }>;


export type SettingsProblemQuery = { server: { settingsProblem: string | null } };

export type AddAccountMutationVariables = Exact<{
  input: AddAccountInput;
}>;


export type AddAccountMutation = { addAccount: { account: { id: string, name: string, kind: AccountKind, source: AccountSource, plus: boolean, health: AccountHealth, why: string, whyCode: string | null, until: string | null, inFlight: number, concurrency: number, waiting: number, lastUsedAt: string | null, hasProxy: boolean, viewerCanSignIn: boolean, viewerCanCheckProxy: boolean, viewerCanRemove: boolean, definition: { weight: number, concurrency: number, proxy: string | null, model: string | null, context: number | null, baseUrl: string | null, loginUrl: string | null, authUrl: string | null, email: string | null, secrets: Array<AccountSecret> } | null } } };

export type ChangeAccountMutationVariables = Exact<{
  input: ChangeAccountInput;
}>;


export type ChangeAccountMutation = { changeAccount: { account: { id: string, name: string, kind: AccountKind, source: AccountSource, plus: boolean, health: AccountHealth, why: string, whyCode: string | null, until: string | null, inFlight: number, concurrency: number, waiting: number, lastUsedAt: string | null, hasProxy: boolean, viewerCanSignIn: boolean, viewerCanCheckProxy: boolean, viewerCanRemove: boolean, definition: { weight: number, concurrency: number, proxy: string | null, model: string | null, context: number | null, baseUrl: string | null, loginUrl: string | null, authUrl: string | null, email: string | null, secrets: Array<AccountSecret> } | null } } };

export type TestAccountMutationVariables = Exact<{
  name: string;
}>;


export type TestAccountMutation = { testAccount: { ok: boolean, code: string | null, message: string, seconds: number, models: Array<string>, account: { id: string, name: string, kind: AccountKind, source: AccountSource, plus: boolean, health: AccountHealth, why: string, whyCode: string | null, until: string | null, inFlight: number, concurrency: number, waiting: number, lastUsedAt: string | null, hasProxy: boolean, viewerCanSignIn: boolean, viewerCanCheckProxy: boolean, viewerCanRemove: boolean, definition: { weight: number, concurrency: number, proxy: string | null, model: string | null, context: number | null, baseUrl: string | null, loginUrl: string | null, authUrl: string | null, email: string | null, secrets: Array<AccountSecret> } | null } } };

export type SignInAccountMutationVariables = Exact<{
  name: string;
}>;


export type SignInAccountMutation = { signInAccount: { account: { id: string, name: string, kind: AccountKind, source: AccountSource, plus: boolean, health: AccountHealth, why: string, whyCode: string | null, until: string | null, inFlight: number, concurrency: number, waiting: number, lastUsedAt: string | null, hasProxy: boolean, viewerCanSignIn: boolean, viewerCanCheckProxy: boolean, viewerCanRemove: boolean, definition: { weight: number, concurrency: number, proxy: string | null, model: string | null, context: number | null, baseUrl: string | null, loginUrl: string | null, authUrl: string | null, email: string | null, secrets: Array<AccountSecret> } | null } } };

export type CheckProxyMutationVariables = Exact<{
  name: string;
}>;


export type CheckProxyMutation = { checkProxy: { state: ProxyState, seconds: number } };

export type RestAccountMutationVariables = Exact<{
  name: string;
  until: string;
}>;


export type RestAccountMutation = { restAccount: { account: { id: string, name: string, kind: AccountKind, source: AccountSource, plus: boolean, health: AccountHealth, why: string, whyCode: string | null, until: string | null, inFlight: number, concurrency: number, waiting: number, lastUsedAt: string | null, hasProxy: boolean, viewerCanSignIn: boolean, viewerCanCheckProxy: boolean, viewerCanRemove: boolean, definition: { weight: number, concurrency: number, proxy: string | null, model: string | null, context: number | null, baseUrl: string | null, loginUrl: string | null, authUrl: string | null, email: string | null, secrets: Array<AccountSecret> } | null } } };

export type WakeAccountMutationVariables = Exact<{
  name: string;
}>;


export type WakeAccountMutation = { wakeAccount: { account: { id: string, name: string, kind: AccountKind, source: AccountSource, plus: boolean, health: AccountHealth, why: string, whyCode: string | null, until: string | null, inFlight: number, concurrency: number, waiting: number, lastUsedAt: string | null, hasProxy: boolean, viewerCanSignIn: boolean, viewerCanCheckProxy: boolean, viewerCanRemove: boolean, definition: { weight: number, concurrency: number, proxy: string | null, model: string | null, context: number | null, baseUrl: string | null, loginUrl: string | null, authUrl: string | null, email: string | null, secrets: Array<AccountSecret> } | null } } };

export type DisableAccountMutationVariables = Exact<{
  name: string;
}>;


export type DisableAccountMutation = { disableAccount: { account: { id: string, name: string, kind: AccountKind, source: AccountSource, plus: boolean, health: AccountHealth, why: string, whyCode: string | null, until: string | null, inFlight: number, concurrency: number, waiting: number, lastUsedAt: string | null, hasProxy: boolean, viewerCanSignIn: boolean, viewerCanCheckProxy: boolean, viewerCanRemove: boolean, definition: { weight: number, concurrency: number, proxy: string | null, model: string | null, context: number | null, baseUrl: string | null, loginUrl: string | null, authUrl: string | null, email: string | null, secrets: Array<AccountSecret> } | null } } };

export type EnableAccountMutationVariables = Exact<{
  name: string;
}>;


export type EnableAccountMutation = { enableAccount: { account: { id: string, name: string, kind: AccountKind, source: AccountSource, plus: boolean, health: AccountHealth, why: string, whyCode: string | null, until: string | null, inFlight: number, concurrency: number, waiting: number, lastUsedAt: string | null, hasProxy: boolean, viewerCanSignIn: boolean, viewerCanCheckProxy: boolean, viewerCanRemove: boolean, definition: { weight: number, concurrency: number, proxy: string | null, model: string | null, context: number | null, baseUrl: string | null, loginUrl: string | null, authUrl: string | null, email: string | null, secrets: Array<AccountSecret> } | null } } };

export type RemoveAccountMutationVariables = Exact<{
  name: string;
}>;


export type RemoveAccountMutation = { removeAccount: { name: string } };

export type TurnFieldsFragment = { id: string, position: number, followsTurnId: string | null, viewerCanAskAgain: boolean, viewerCanStop: boolean, prompt: string, reply: string, state: TurnState, model: string | null, historyLeftOut: number, createdAt: string, startedAt: string | null, endedAt: string | null, durationSeconds: number | null, versions: Array<{ id: string }>, error: { code: string, message: string } | null, usage: { promptTokens: number | null, replyTokens: number | null, source: UsageSource } };

export type RelatedFieldsFragment = { id: string, title: string, updatedAt: string };

export type ConversationQueryVariables = Exact<{
  id: string | number;
  last: number;
  before?: string | null | undefined;
  through?: string | number | null | undefined;
  whole: boolean;
}>;


export type ConversationQuery = { conversation: { id: string, title: string, updatedAt: string, viewerCanFollowUp: boolean, viewerCanContinueElsewhere: boolean, preamble?: Array<{ role: MessageRole }>, continues: { id: string, title: string, updatedAt: string } | null, continuedBy: Array<{ id: string, title: string, updatedAt: string }>, turns: { edges: Array<{ node: { id: string, position: number, followsTurnId: string | null, viewerCanAskAgain: boolean, viewerCanStop: boolean, prompt: string, reply: string, state: TurnState, model: string | null, historyLeftOut: number, createdAt: string, startedAt: string | null, endedAt: string | null, durationSeconds: number | null, versions: Array<{ id: string }>, error: { code: string, message: string } | null, usage: { promptTokens: number | null, replyTokens: number | null, source: UsageSource } } }>, pageInfo: { hasPreviousPage: boolean, startCursor: string | null } } } | null };

export type ChatMutationVariables = Exact<{
  input: ChatInput;
}>;


export type ChatMutation = { chat: { turn: { id: string, position: number, followsTurnId: string | null, viewerCanAskAgain: boolean, viewerCanStop: boolean, prompt: string, reply: string, state: TurnState, model: string | null, historyLeftOut: number, createdAt: string, startedAt: string | null, endedAt: string | null, durationSeconds: number | null, versions: Array<{ id: string }>, error: { code: string, message: string } | null, usage: { promptTokens: number | null, replyTokens: number | null, source: UsageSource } }, conversation: { id: string, title: string, updatedAt: string, pinned: boolean, archived: boolean, tags: Array<string>, removedAt: string | null, viewerCanChange: boolean, viewerCanRemove: boolean } } };

export type FollowUpMutationVariables = Exact<{
  input: FollowUpInput;
}>;


export type FollowUpMutation = { followUp: { turn: { id: string, position: number, followsTurnId: string | null, viewerCanAskAgain: boolean, viewerCanStop: boolean, prompt: string, reply: string, state: TurnState, model: string | null, historyLeftOut: number, createdAt: string, startedAt: string | null, endedAt: string | null, durationSeconds: number | null, versions: Array<{ id: string }>, error: { code: string, message: string } | null, usage: { promptTokens: number | null, replyTokens: number | null, source: UsageSource } }, conversation: { id: string, title: string, updatedAt: string, pinned: boolean, archived: boolean, tags: Array<string>, removedAt: string | null, viewerCanChange: boolean, viewerCanRemove: boolean } } };

export type AskAgainMutationVariables = Exact<{
  input: AskAgainInput;
}>;


export type AskAgainMutation = { askAgain: { turn: { id: string, position: number, followsTurnId: string | null, viewerCanAskAgain: boolean, viewerCanStop: boolean, prompt: string, reply: string, state: TurnState, model: string | null, historyLeftOut: number, createdAt: string, startedAt: string | null, endedAt: string | null, durationSeconds: number | null, versions: Array<{ id: string }>, error: { code: string, message: string } | null, usage: { promptTokens: number | null, replyTokens: number | null, source: UsageSource } }, conversation: { id: string, title: string, updatedAt: string, pinned: boolean, archived: boolean, tags: Array<string>, removedAt: string | null, viewerCanChange: boolean, viewerCanRemove: boolean } } };

export type ModelsQueryVariables = Exact<{ [key: string]: never; }>;


export type ModelsQuery = { models: Array<{ name: string, title: string }> };

export type ContinueElsewhereMutationVariables = Exact<{
  input: ContinueElsewhereInput;
}>;


export type ContinueElsewhereMutation = { continueElsewhere: { turn: { id: string, position: number, followsTurnId: string | null, viewerCanAskAgain: boolean, viewerCanStop: boolean, prompt: string, reply: string, state: TurnState, model: string | null, historyLeftOut: number, createdAt: string, startedAt: string | null, endedAt: string | null, durationSeconds: number | null, versions: Array<{ id: string }>, error: { code: string, message: string } | null, usage: { promptTokens: number | null, replyTokens: number | null, source: UsageSource } }, conversation: { id: string, title: string, updatedAt: string, pinned: boolean, archived: boolean, tags: Array<string>, removedAt: string | null, viewerCanChange: boolean, viewerCanRemove: boolean, preamble: Array<{ role: MessageRole }>, continues: { id: string, title: string, updatedAt: string } | null } } };

export type PreambleQueryVariables = Exact<{
  id: string | number;
}>;


export type PreambleQuery = { conversation: { preamble: Array<{ role: MessageRole, text: string }> } | null };

export type ExplainQueryVariables = Exact<{
  turnId: string | number;
}>;


export type ExplainQuery = { turn: { explain: { sentence: string, rule: PoolRule, pinned: boolean, ready: number, busy: number, resting: number, out: number, count: number, account: string | null, leftOut: Array<{ account: string, why: string, reason: LeftOutReason | null, detail: string | null }> | null } | null } | null };

export type MessageQueryVariables = Exact<{
  turnId: string | number;
}>;


export type MessageQuery = { turn: { message: string } | null };

export type ProofQueryVariables = Exact<{
  turnId: string | number;
  conversationId: string | number;
}>;


export type ProofQuery = { turn: { receipt: { text: string, signature: string, key: string } | null } | null, conversation: { integrity: { proven: boolean, complete: boolean, turns: number, unsigned: number, unfinished: number, problems: Array<{ code: ProblemCode, position: number | null, message: string }> } } | null };

export type StopMutationVariables = Exact<{
  turnId: string | number;
}>;


export type StopMutation = { stop: { turn: { id: string, position: number, followsTurnId: string | null, viewerCanAskAgain: boolean, viewerCanStop: boolean, prompt: string, reply: string, state: TurnState, model: string | null, historyLeftOut: number, createdAt: string, startedAt: string | null, endedAt: string | null, durationSeconds: number | null, versions: Array<{ id: string }>, error: { code: string, message: string } | null, usage: { promptTokens: number | null, replyTokens: number | null, source: UsageSource } } } };

export type ReplySubscriptionVariables = Exact<{
  turnId: string | number;
  after: number;
}>;


export type ReplySubscription = { reply:
    | { __typename: 'ReplyEnded', number: number, turn: { id: string, position: number, followsTurnId: string | null, viewerCanAskAgain: boolean, viewerCanStop: boolean, prompt: string, reply: string, state: TurnState, model: string | null, historyLeftOut: number, createdAt: string, startedAt: string | null, endedAt: string | null, durationSeconds: number | null, versions: Array<{ id: string }>, error: { code: string, message: string } | null, usage: { promptTokens: number | null, replyTokens: number | null, source: UsageSource } } }
    | { __typename: 'ReplyStarted', number: number }
    | { __typename: 'ReplyTextAdded', text: string, number: number }
    | { __typename: 'ReplyTextReplaced', text: string, number: number }
    | { __typename: 'ReplyTitled', title: string, number: number }
    | { __typename: 'ReplyWaiting', place: number, number: number }
   };

export type ListedFieldsFragment = { id: string, title: string, updatedAt: string, pinned: boolean, archived: boolean, tags: Array<string>, removedAt: string | null, viewerCanChange: boolean, viewerCanRemove: boolean };

export type ConversationsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter: ConversationFilter;
  pinned: boolean;
}>;


export type ConversationsQuery = { conversations: { edges: Array<{ node: { id: string, title: string, updatedAt: string, pinned: boolean, archived: boolean, tags: Array<string>, removedAt: string | null, viewerCanChange: boolean, viewerCanRemove: boolean } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } }, pinned?: { edges: Array<{ node: { id: string, title: string, updatedAt: string, pinned: boolean, archived: boolean, tags: Array<string>, removedAt: string | null, viewerCanChange: boolean, viewerCanRemove: boolean } }> } };

export type TagsQueryVariables = Exact<{ [key: string]: never; }>;


export type TagsQuery = { tags: Array<{ tag: string, conversations: number }> };

export type SearchQueryVariables = Exact<{
  text: string;
  first: number;
  after?: string | null | undefined;
}>;


export type SearchQuery = { search: { upToDate: boolean, edges: Array<{ cursor: string, node: { in: SearchField, excerpt: string, at: string, conversation: { id: string, title: string }, turn: { id: string } | null, marks: Array<{ start: number, end: number }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type ChangeConversationMutationVariables = Exact<{
  input: ChangeConversationInput;
}>;


export type ChangeConversationMutation = { changeConversation: { conversation: { id: string, title: string, updatedAt: string, pinned: boolean, archived: boolean, tags: Array<string>, removedAt: string | null, viewerCanChange: boolean, viewerCanRemove: boolean } } };

export type RemoveConversationMutationVariables = Exact<{
  id: string | number;
}>;


export type RemoveConversationMutation = { removeConversation: { id: string } };

export type RestoreConversationMutationVariables = Exact<{
  id: string | number;
}>;


export type RestoreConversationMutation = { restoreConversation: { conversation: { id: string, title: string, updatedAt: string, pinned: boolean, archived: boolean, tags: Array<string>, removedAt: string | null, viewerCanChange: boolean, viewerCanRemove: boolean } } };

export type FirstStepsQueryVariables = Exact<{ [key: string]: never; }>;


export type FirstStepsQuery = { server: { rehearsing: boolean, clientExists: boolean | null } };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { id: string, name: string, role: Role, plus: boolean, viewerCanSeeAccounts: boolean, viewerCanManageAccounts: boolean, viewerCanSeeUsers: boolean, viewerCanIssueKeys: boolean, viewerCanIssueClientKeys: boolean }, server: { version: string, rehearsing: boolean, clientExists: boolean | null } };

export type OwnerQueryVariables = Exact<{ [key: string]: never; }>;


export type OwnerQuery = { viewer: { id: string, name: string } };

export type UseFieldsFragment = { start: string | null, account: string | null, model: string | null, prompts: number, finished: number, failed: number, stopped: number, promptTokens: number | null, replyTokens: number | null, estimatedTokens: number, estimatedPrompts: number, unknownTokens: number, seconds: number, user: { id: string, name: string } | null, client: { id: string, name: string } | null };

export type UseQueryVariables = Exact<{
  from: string;
  to: string;
  by: Array<UseDimension> | UseDimension;
  step: UseStep;
  filter: UseFilter;
}>;


export type UseQuery = { use: { rows: Array<{ start: string | null, account: string | null, model: string | null, prompts: number, finished: number, failed: number, stopped: number, promptTokens: number | null, replyTokens: number | null, estimatedTokens: number, estimatedPrompts: number, unknownTokens: number, seconds: number, user: { id: string, name: string } | null, client: { id: string, name: string } | null }> } };

export type UserNameQueryVariables = Exact<{
  id: string | number;
}>;


export type UserNameQuery = { user: { id: string, name: string } | null };

export type UserFieldsFragment = { id: string, name: string, role: Role, plus: boolean, mayUsePlus: boolean, externalId: string | null, createdAt: string, disabledAt: string | null, mayCall: boolean, lastUsedAt: string | null, removedAt: string | null, viewerCanChange: boolean, viewerCanRemove: boolean, owner: { id: string, name: string } | null };

export type UsersQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: UserFilter | null | undefined;
}>;


export type UsersQuery = { users: { edges: Array<{ node: { id: string, name: string, role: Role, plus: boolean, mayUsePlus: boolean, externalId: string | null, createdAt: string, disabledAt: string | null, mayCall: boolean, lastUsedAt: string | null, removedAt: string | null, viewerCanChange: boolean, viewerCanRemove: boolean, owner: { id: string, name: string } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type PromptsByUserQueryVariables = Exact<{
  from: string;
  to: string;
}>;


export type PromptsByUserQuery = { use: { rows: Array<{ prompts: number, user: { id: string } | null }> } };

export type UserQueryVariables = Exact<{
  id: string | number;
}>;


export type UserQuery = { user: { id: string, name: string, role: Role, plus: boolean, mayUsePlus: boolean, externalId: string | null, createdAt: string, disabledAt: string | null, mayCall: boolean, lastUsedAt: string | null, removedAt: string | null, viewerCanChange: boolean, viewerCanRemove: boolean, owner: { id: string, name: string } | null } | null };

export type IssueKeyMutationVariables = Exact<{
  input: IssueKeyInput;
}>;


export type IssueKeyMutation = { issueKey: { key: string, user: { id: string, name: string, role: Role, plus: boolean, mayUsePlus: boolean, externalId: string | null, createdAt: string, disabledAt: string | null, mayCall: boolean, lastUsedAt: string | null, removedAt: string | null, viewerCanChange: boolean, viewerCanRemove: boolean, owner: { id: string, name: string } | null } } };

export type ChangeUserMutationVariables = Exact<{
  input: ChangeUserInput;
}>;


export type ChangeUserMutation = { changeUser: { user: { id: string, name: string, role: Role, plus: boolean, mayUsePlus: boolean, externalId: string | null, createdAt: string, disabledAt: string | null, mayCall: boolean, lastUsedAt: string | null, removedAt: string | null, viewerCanChange: boolean, viewerCanRemove: boolean, owner: { id: string, name: string } | null } } };

export type RemoveUserMutationVariables = Exact<{
  id: string | number;
}>;


export type RemoveUserMutation = { removeUser: { id: string } };

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
export const KeyFieldsFragmentDoc = new TypedDocumentString(`
    fragment KeyFields on Key {
  id
  name
  prefix
  createdAt
  expiresAt
  lastUsedAt
  current
  viewerCanRevoke
}
    `, {"fragmentName":"KeyFields"}) as unknown as TypedDocumentString<KeyFieldsFragment, unknown>;
export const AccountFieldsFragmentDoc = new TypedDocumentString(`
    fragment AccountFields on Account {
  id
  name
  kind
  source
  plus
  health
  why
  whyCode
  until
  inFlight
  concurrency
  waiting
  lastUsedAt
  hasProxy
  definition {
    weight
    concurrency
    proxy
    model
    context
    baseUrl
    loginUrl
    authUrl
    email
    secrets
  }
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
  viewerCanStop
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
export const ListedFieldsFragmentDoc = new TypedDocumentString(`
    fragment ListedFields on Conversation {
  id
  title
  updatedAt
  pinned
  archived
  tags
  removedAt
  viewerCanChange
  viewerCanRemove
}
    `, {"fragmentName":"ListedFields"}) as unknown as TypedDocumentString<ListedFieldsFragment, unknown>;
export const UseFieldsFragmentDoc = new TypedDocumentString(`
    fragment UseFields on UseRow {
  start
  user {
    id
    name
  }
  client {
    id
    name
  }
  account
  model
  prompts
  finished
  failed
  stopped
  promptTokens
  replyTokens
  estimatedTokens
  estimatedPrompts
  unknownTokens
  seconds
}
    `, {"fragmentName":"UseFields"}) as unknown as TypedDocumentString<UseFieldsFragment, unknown>;
export const UserFieldsFragmentDoc = new TypedDocumentString(`
    fragment UserFields on User {
  id
  name
  role
  plus
  mayUsePlus
  externalId
  createdAt
  disabledAt
  mayCall
  lastUsedAt
  removedAt
  viewerCanChange
  viewerCanRemove
  owner {
    id
    name
  }
}
    `, {"fragmentName":"UserFields"}) as unknown as TypedDocumentString<UserFieldsFragment, unknown>;
export const AccessDocument = {"__meta__":{"documentId":"sha256:17afe87440c6b362750bfb1856f5ffb08910834f9d8bde90d054714dc81c74a5"}} as unknown as TypedDocumentString<AccessQuery, AccessQueryVariables>;
export const AddKeyDocument = {"__meta__":{"documentId":"sha256:6b9d20f8585bf78a20472f6f21c63a74312e2c9b8a3fb1b72607835ff004ceba"}} as unknown as TypedDocumentString<AddKeyMutation, AddKeyMutationVariables>;
export const RenameKeyDocument = {"__meta__":{"documentId":"sha256:e3b3ccc39c88e018dd7a9da377fef6bbdeae04b13addb8eeb06d6e354517c4f8"}} as unknown as TypedDocumentString<RenameKeyMutation, RenameKeyMutationVariables>;
export const RevokeKeyDocument = {"__meta__":{"documentId":"sha256:34454febd64c5bb30295a6b92d89200a1cc573457cef2550c043b9edb2774263"}} as unknown as TypedDocumentString<RevokeKeyMutation, RevokeKeyMutationVariables>;
export const SessionsDocument = {"__meta__":{"documentId":"sha256:16811e47928f5b9c67c83e4c90158394f77263dd137cbab99ff2e2d4d25332ab"}} as unknown as TypedDocumentString<SessionsQuery, SessionsQueryVariables>;
export const SignOutEverywhereDocument = {"__meta__":{"documentId":"sha256:cf238e98bbd11ee8e228ed94dd0a24da3b205128f1a4f7e02346abeba0e418ef"}} as unknown as TypedDocumentString<SignOutEverywhereMutation, SignOutEverywhereMutationVariables>;
export const RetrieveAccessTokenDocument = {"__meta__":{"documentId":"sha256:b478ba54eb991acec1cb4b02bad3b090a3aea1b5605064506f0679fd76391b65"}} as unknown as TypedDocumentString<RetrieveAccessTokenMutation, RetrieveAccessTokenMutationVariables>;
export const AccountStatesDocument = {"__meta__":{"documentId":"sha256:acf0a6c903cf267f751d7d23f889ee503a37195a5bde6fb4e1d6cbcbde0ce3c9"}} as unknown as TypedDocumentString<AccountStatesSubscription, AccountStatesSubscriptionVariables>;
export const SettingsProblemDocument = {"__meta__":{"documentId":"sha256:cf018153ef2bae670e8890366e2d5de9d7346c7750a43b0bd27aaa27879f03e4"}} as unknown as TypedDocumentString<SettingsProblemQuery, SettingsProblemQueryVariables>;
export const AddAccountDocument = {"__meta__":{"documentId":"sha256:bc0daa789119f448159e44c02c119dd4bf01723248e228d9c1fa3a3311683ade"}} as unknown as TypedDocumentString<AddAccountMutation, AddAccountMutationVariables>;
export const ChangeAccountDocument = {"__meta__":{"documentId":"sha256:79a6aea0a834b49d0c54bb196c240211fa967e5ddfc66199208c80cec8bc8b91"}} as unknown as TypedDocumentString<ChangeAccountMutation, ChangeAccountMutationVariables>;
export const TestAccountDocument = {"__meta__":{"documentId":"sha256:6a0c0c66ddaf74d972990c43d40d8ac9491b9ea3447cc395ef9a2a9aabb5ee33"}} as unknown as TypedDocumentString<TestAccountMutation, TestAccountMutationVariables>;
export const SignInAccountDocument = {"__meta__":{"documentId":"sha256:65ba302b50afba0fe2d36788217a7c638adcae9bf1fc4f7a102d71b32dc57b5d"}} as unknown as TypedDocumentString<SignInAccountMutation, SignInAccountMutationVariables>;
export const CheckProxyDocument = {"__meta__":{"documentId":"sha256:8a854f7157eb88d0acdaa6654704d1fb9dc2d84d15ae9397f06344b283406042"}} as unknown as TypedDocumentString<CheckProxyMutation, CheckProxyMutationVariables>;
export const RestAccountDocument = {"__meta__":{"documentId":"sha256:696dd37724c9a57a4feb742c326fc03a728fba028e5bbb8ceebecd027d9be956"}} as unknown as TypedDocumentString<RestAccountMutation, RestAccountMutationVariables>;
export const WakeAccountDocument = {"__meta__":{"documentId":"sha256:3fa38c494d529173ed9044f80a05c2d83df94e13f7c135b4c2c7974572dd8a8c"}} as unknown as TypedDocumentString<WakeAccountMutation, WakeAccountMutationVariables>;
export const DisableAccountDocument = {"__meta__":{"documentId":"sha256:4ed6a5b96dbec052f209aa0c9f934874458ace73cc61b84b75883e7122b65c33"}} as unknown as TypedDocumentString<DisableAccountMutation, DisableAccountMutationVariables>;
export const EnableAccountDocument = {"__meta__":{"documentId":"sha256:21af9cbe1bc2df073c7939a92660dd6c5151ac9d5418b7b7d6753566de651883"}} as unknown as TypedDocumentString<EnableAccountMutation, EnableAccountMutationVariables>;
export const RemoveAccountDocument = {"__meta__":{"documentId":"sha256:238df014cbea34eb131536d60f9830a03d548443b4774ffdb3dd2b56ab5584ca"}} as unknown as TypedDocumentString<RemoveAccountMutation, RemoveAccountMutationVariables>;
export const ConversationDocument = {"__meta__":{"documentId":"sha256:c439240ae848f402a431fe88a48ccbb99ae67c8970c6ba74aee6a99844d62b42"}} as unknown as TypedDocumentString<ConversationQuery, ConversationQueryVariables>;
export const ChatDocument = {"__meta__":{"documentId":"sha256:f3bf445d7ab2e018fe745a4c6001cd618fab73d9a2d0577b911e30437924f7da"}} as unknown as TypedDocumentString<ChatMutation, ChatMutationVariables>;
export const FollowUpDocument = {"__meta__":{"documentId":"sha256:815ab40f32173e65c32005de1ab8417bfd0f686e1faf5faacf2e377b76191ce8"}} as unknown as TypedDocumentString<FollowUpMutation, FollowUpMutationVariables>;
export const AskAgainDocument = {"__meta__":{"documentId":"sha256:779ca0a2a0a42bdf4bdc299a5aa8c82897be4fd8870286fe96230bfb8e877473"}} as unknown as TypedDocumentString<AskAgainMutation, AskAgainMutationVariables>;
export const ModelsDocument = {"__meta__":{"documentId":"sha256:5c17fcb76b63c1b937979c8b61d657f5eb97358d82094c63021f3778b3a5ee05"}} as unknown as TypedDocumentString<ModelsQuery, ModelsQueryVariables>;
export const ContinueElsewhereDocument = {"__meta__":{"documentId":"sha256:9542291dbec91ee503499edd023d4243755fdb3d677928e3e25b8069e2b98073"}} as unknown as TypedDocumentString<ContinueElsewhereMutation, ContinueElsewhereMutationVariables>;
export const PreambleDocument = {"__meta__":{"documentId":"sha256:fc2d78b211a79c510f55dd04885b0cda9a647ba7243d0751aef0ce3e30cb355b"}} as unknown as TypedDocumentString<PreambleQuery, PreambleQueryVariables>;
export const ExplainDocument = {"__meta__":{"documentId":"sha256:f0576e32c1ac78f15a68a7d17ee4b65c32dcfa28aa1626be77209ac3c216fb2a"}} as unknown as TypedDocumentString<ExplainQuery, ExplainQueryVariables>;
export const MessageDocument = {"__meta__":{"documentId":"sha256:d363704fe24e7d32a1a4d3dfb492b6a0c2262b086b80764451ec1b96a4bc1afb"}} as unknown as TypedDocumentString<MessageQuery, MessageQueryVariables>;
export const ProofDocument = {"__meta__":{"documentId":"sha256:7c21ceccc77de9d7f33064ab33c36dc1b3cc9122ab000fd478cd9b22b68927fc"}} as unknown as TypedDocumentString<ProofQuery, ProofQueryVariables>;
export const StopDocument = {"__meta__":{"documentId":"sha256:9075909f4b0dfe1073b369263df7da0dbed04c0e47335df6af60afe0bdee6816"}} as unknown as TypedDocumentString<StopMutation, StopMutationVariables>;
export const ReplyDocument = {"__meta__":{"documentId":"sha256:eaad04075c09186b2ffa18bb1ecb36147b38509ba8118cfb7f61fd63b4a4ce70"}} as unknown as TypedDocumentString<ReplySubscription, ReplySubscriptionVariables>;
export const ConversationsDocument = {"__meta__":{"documentId":"sha256:cf7e13b7962a5b45579fa4eeb70bcdd927e96e32089215b081e00438e3c18822"}} as unknown as TypedDocumentString<ConversationsQuery, ConversationsQueryVariables>;
export const TagsDocument = {"__meta__":{"documentId":"sha256:3ed459ecc661a85be70d7f80b6ad4fa2a5d8cb557ccd3dd5f165698063db2fac"}} as unknown as TypedDocumentString<TagsQuery, TagsQueryVariables>;
export const SearchDocument = {"__meta__":{"documentId":"sha256:1abed590575b58ea0ed3aa821058939a7d4520d4ecd70c11608e424b409f651e"}} as unknown as TypedDocumentString<SearchQuery, SearchQueryVariables>;
export const ChangeConversationDocument = {"__meta__":{"documentId":"sha256:f9774912badd068ff775f880f95bf9b44cae82737987129d02d2dc94686c278e"}} as unknown as TypedDocumentString<ChangeConversationMutation, ChangeConversationMutationVariables>;
export const RemoveConversationDocument = {"__meta__":{"documentId":"sha256:1a965a3218fb99d4b7ee595b76c0ceb560e6ed5dc7bc9fc3656b346e1e890519"}} as unknown as TypedDocumentString<RemoveConversationMutation, RemoveConversationMutationVariables>;
export const RestoreConversationDocument = {"__meta__":{"documentId":"sha256:79c98ea2c93450372bd88e236f89ce58205025e25b226f7571747e5f0178ea5f"}} as unknown as TypedDocumentString<RestoreConversationMutation, RestoreConversationMutationVariables>;
export const FirstStepsDocument = {"__meta__":{"documentId":"sha256:8ace16fea05904c81481151c3529d6484146a69949efb3fcb4063ed1ff669e2d"}} as unknown as TypedDocumentString<FirstStepsQuery, FirstStepsQueryVariables>;
export const ViewerDocument = {"__meta__":{"documentId":"sha256:95ca475e2ed7abf6c3a2fe37e2d6a4c827c859527a1b2ef6e3fdae95f105d183"}} as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
export const OwnerDocument = {"__meta__":{"documentId":"sha256:63f7dabab8cf79542f055f6cc4b0b687ab6e6cac65bfeaf24a8e7395bde72185"}} as unknown as TypedDocumentString<OwnerQuery, OwnerQueryVariables>;
export const UseDocument = {"__meta__":{"documentId":"sha256:a788f9d58e08c7eefa2b4fe5f11a8310e99b24b6775861e3c01f7b593722e236"}} as unknown as TypedDocumentString<UseQuery, UseQueryVariables>;
export const UserNameDocument = {"__meta__":{"documentId":"sha256:afa08e8e53d2f961b7698453fccaae50733fef2b8315a367d8e521c2e78e7432"}} as unknown as TypedDocumentString<UserNameQuery, UserNameQueryVariables>;
export const UsersDocument = {"__meta__":{"documentId":"sha256:2315ca1ff37021175d48068b7b660adcce704a6387877a2a55ea2b3dd8c2dd25"}} as unknown as TypedDocumentString<UsersQuery, UsersQueryVariables>;
export const PromptsByUserDocument = {"__meta__":{"documentId":"sha256:5e173af461b00a72a0673502708c25640cf4f17d74936c02b66323d69d2a41d2"}} as unknown as TypedDocumentString<PromptsByUserQuery, PromptsByUserQueryVariables>;
export const UserDocument = {"__meta__":{"documentId":"sha256:027e2266908b4007e38b6e4486f6c2ed5a03aa8dab89b6783f9783c9f5dcda9d"}} as unknown as TypedDocumentString<UserQuery, UserQueryVariables>;
export const IssueKeyDocument = {"__meta__":{"documentId":"sha256:019332dc2f8f086711d2c0ec6060ca9a59d695eb3cf0de50b6b50def626144f9"}} as unknown as TypedDocumentString<IssueKeyMutation, IssueKeyMutationVariables>;
export const ChangeUserDocument = {"__meta__":{"documentId":"sha256:2a6fb48c8fa8d795cff73a0f1a42c55b5f38d513f7f5e6ae5d1836f2db292b58"}} as unknown as TypedDocumentString<ChangeUserMutation, ChangeUserMutationVariables>;
export const RemoveUserDocument = {"__meta__":{"documentId":"sha256:d0d8efc2f1899ac486c1f003a85a092ea7b2198f28598c2bef675ce2506e84ea"}} as unknown as TypedDocumentString<RemoveUserMutation, RemoveUserMutationVariables>;