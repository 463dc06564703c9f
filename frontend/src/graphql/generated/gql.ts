/* eslint-disable */
import * as types from './graphql';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  fragment TurnFields on Turn {\n    id\n    position\n    prompt\n    reply\n    state\n    model\n    error {\n      code\n      message\n    }\n    historyLeftOut\n    createdAt\n    startedAt\n    endedAt\n  }\n": typeof types.TurnFieldsFragmentDoc,
    "\n  query Conversation($id: ID!, $last: Int!, $before: String) {\n    conversation(id: $id) {\n      id\n      title\n      updatedAt\n      turns(last: $last, before: $before) {\n        edges {\n          node {\n            ...TurnFields\n          }\n        }\n        pageInfo {\n          hasPreviousPage\n          startCursor\n        }\n      }\n    }\n  }\n": typeof types.ConversationDocument,
    "\n  mutation Chat($input: ChatInput!) {\n    chat(input: $input) {\n      turn {\n        ...TurnFields\n      }\n      conversation {\n        id\n        title\n        updatedAt\n      }\n    }\n  }\n": typeof types.ChatDocument,
    "\n  mutation FollowUp($input: FollowUpInput!) {\n    followUp(input: $input) {\n      turn {\n        ...TurnFields\n      }\n      conversation {\n        id\n        title\n        updatedAt\n      }\n    }\n  }\n": typeof types.FollowUpDocument,
    "\n  mutation Stop($turnId: ID!) {\n    stop(input: { turnId: $turnId }) {\n      turn {\n        ...TurnFields\n      }\n    }\n  }\n": typeof types.StopDocument,
    "\n  subscription Reply($turnId: ID!, $after: Int!) {\n    reply(turnId: $turnId, after: $after) {\n      __typename\n      number\n      ... on ReplyWaiting {\n        place\n      }\n      ... on ReplyTextAdded {\n        text\n      }\n      ... on ReplyTextReplaced {\n        text\n      }\n      ... on ReplyTitled {\n        title\n      }\n      ... on ReplyEnded {\n        turn {\n          ...TurnFields\n        }\n      }\n    }\n  }\n": typeof types.ReplyDocument,
    "\n  query Conversations($first: Int!, $after: String) {\n    conversations(first: $first, after: $after) {\n      edges {\n        node {\n          id\n          title\n          updatedAt\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.ConversationsDocument,
    "\n  mutation RemoveConversation($id: ID!) {\n    removeConversation(input: { id: $id }) {\n      id\n    }\n  }\n": typeof types.RemoveConversationDocument,
    "\n  query Viewer {\n    viewer {\n      id\n      name\n      role\n      plus\n    }\n    server {\n      version\n      rehearsing\n    }\n  }\n": typeof types.ViewerDocument,
};
const documents: Documents = {
    "\n  fragment TurnFields on Turn {\n    id\n    position\n    prompt\n    reply\n    state\n    model\n    error {\n      code\n      message\n    }\n    historyLeftOut\n    createdAt\n    startedAt\n    endedAt\n  }\n": types.TurnFieldsFragmentDoc,
    "\n  query Conversation($id: ID!, $last: Int!, $before: String) {\n    conversation(id: $id) {\n      id\n      title\n      updatedAt\n      turns(last: $last, before: $before) {\n        edges {\n          node {\n            ...TurnFields\n          }\n        }\n        pageInfo {\n          hasPreviousPage\n          startCursor\n        }\n      }\n    }\n  }\n": types.ConversationDocument,
    "\n  mutation Chat($input: ChatInput!) {\n    chat(input: $input) {\n      turn {\n        ...TurnFields\n      }\n      conversation {\n        id\n        title\n        updatedAt\n      }\n    }\n  }\n": types.ChatDocument,
    "\n  mutation FollowUp($input: FollowUpInput!) {\n    followUp(input: $input) {\n      turn {\n        ...TurnFields\n      }\n      conversation {\n        id\n        title\n        updatedAt\n      }\n    }\n  }\n": types.FollowUpDocument,
    "\n  mutation Stop($turnId: ID!) {\n    stop(input: { turnId: $turnId }) {\n      turn {\n        ...TurnFields\n      }\n    }\n  }\n": types.StopDocument,
    "\n  subscription Reply($turnId: ID!, $after: Int!) {\n    reply(turnId: $turnId, after: $after) {\n      __typename\n      number\n      ... on ReplyWaiting {\n        place\n      }\n      ... on ReplyTextAdded {\n        text\n      }\n      ... on ReplyTextReplaced {\n        text\n      }\n      ... on ReplyTitled {\n        title\n      }\n      ... on ReplyEnded {\n        turn {\n          ...TurnFields\n        }\n      }\n    }\n  }\n": types.ReplyDocument,
    "\n  query Conversations($first: Int!, $after: String) {\n    conversations(first: $first, after: $after) {\n      edges {\n        node {\n          id\n          title\n          updatedAt\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.ConversationsDocument,
    "\n  mutation RemoveConversation($id: ID!) {\n    removeConversation(input: { id: $id }) {\n      id\n    }\n  }\n": types.RemoveConversationDocument,
    "\n  query Viewer {\n    viewer {\n      id\n      name\n      role\n      plus\n    }\n    server {\n      version\n      rehearsing\n    }\n  }\n": types.ViewerDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment TurnFields on Turn {\n    id\n    position\n    prompt\n    reply\n    state\n    model\n    error {\n      code\n      message\n    }\n    historyLeftOut\n    createdAt\n    startedAt\n    endedAt\n  }\n"): typeof import('./graphql').TurnFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Conversation($id: ID!, $last: Int!, $before: String) {\n    conversation(id: $id) {\n      id\n      title\n      updatedAt\n      turns(last: $last, before: $before) {\n        edges {\n          node {\n            ...TurnFields\n          }\n        }\n        pageInfo {\n          hasPreviousPage\n          startCursor\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').ConversationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Chat($input: ChatInput!) {\n    chat(input: $input) {\n      turn {\n        ...TurnFields\n      }\n      conversation {\n        id\n        title\n        updatedAt\n      }\n    }\n  }\n"): typeof import('./graphql').ChatDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation FollowUp($input: FollowUpInput!) {\n    followUp(input: $input) {\n      turn {\n        ...TurnFields\n      }\n      conversation {\n        id\n        title\n        updatedAt\n      }\n    }\n  }\n"): typeof import('./graphql').FollowUpDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Stop($turnId: ID!) {\n    stop(input: { turnId: $turnId }) {\n      turn {\n        ...TurnFields\n      }\n    }\n  }\n"): typeof import('./graphql').StopDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription Reply($turnId: ID!, $after: Int!) {\n    reply(turnId: $turnId, after: $after) {\n      __typename\n      number\n      ... on ReplyWaiting {\n        place\n      }\n      ... on ReplyTextAdded {\n        text\n      }\n      ... on ReplyTextReplaced {\n        text\n      }\n      ... on ReplyTitled {\n        title\n      }\n      ... on ReplyEnded {\n        turn {\n          ...TurnFields\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').ReplyDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Conversations($first: Int!, $after: String) {\n    conversations(first: $first, after: $after) {\n      edges {\n        node {\n          id\n          title\n          updatedAt\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): typeof import('./graphql').ConversationsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveConversation($id: ID!) {\n    removeConversation(input: { id: $id }) {\n      id\n    }\n  }\n"): typeof import('./graphql').RemoveConversationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Viewer {\n    viewer {\n      id\n      name\n      role\n      plus\n    }\n    server {\n      version\n      rehearsing\n    }\n  }\n"): typeof import('./graphql').ViewerDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
