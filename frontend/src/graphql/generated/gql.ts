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
    "\n  fragment KeyFields on Key {\n    id\n    name\n    prefix\n    createdAt\n    expiresAt\n    lastUsedAt\n    current\n    viewerCanRevoke\n  }\n": typeof types.KeyFieldsFragmentDoc,
    "\n  query Access($userId: ID!, $from: DateTime!) {\n    user(id: $userId) {\n      id\n      keys {\n        ...KeyFields\n      }\n      use(from: $from) {\n        prompts\n        finished\n        failed\n        stopped\n        promptTokens\n        replyTokens\n        estimatedTokens\n        unknownTokens\n        seconds\n      }\n    }\n  }\n": typeof types.AccessDocument,
    "\n  mutation AddKey($input: AddKeyInput!) {\n    addKey(input: $input) {\n      key\n      issued {\n        ...KeyFields\n      }\n    }\n  }\n": typeof types.AddKeyDocument,
    "\n  mutation RenameKey($input: RenameKeyInput!) {\n    renameKey(input: $input) {\n      key {\n        ...KeyFields\n      }\n    }\n  }\n": typeof types.RenameKeyDocument,
    "\n  mutation RevokeKey($id: ID!) {\n    revokeKey(input: { id: $id }) {\n      id\n    }\n  }\n": typeof types.RevokeKeyDocument,
    "\n  query Sessions {\n    viewer {\n      id\n      sessions\n    }\n  }\n": typeof types.SessionsDocument,
    "\n  mutation SignOutEverywhere {\n    signOutEverywhere {\n      sessions\n    }\n  }\n": typeof types.SignOutEverywhereDocument,
    "\n  mutation RetrieveAccessToken($input: RetrieveAccessTokenInput!) {\n    retrieveAccessToken(input: $input) {\n      accessToken\n      expiresAt\n    }\n  }\n": typeof types.RetrieveAccessTokenDocument,
    "\n  fragment AccountFields on Account {\n    id\n    name\n    kind\n    source\n    plus\n    health\n    why\n    whyCode\n    until\n    inFlight\n    concurrency\n    waiting\n    lastUsedAt\n    hasProxy\n    definition {\n      weight\n      concurrency\n      proxy\n      model\n      context\n      baseUrl\n      loginUrl\n      authUrl\n      email\n      secrets\n    }\n    viewerCanSignIn\n    viewerCanCheckProxy\n    viewerCanRemove\n  }\n": typeof types.AccountFieldsFragmentDoc,
    "\n  subscription AccountStates {\n    accountStates {\n      ...AccountFields\n    }\n  }\n": typeof types.AccountStatesDocument,
    "\n  query SettingsProblem {\n    server {\n      settingsProblem\n    }\n  }\n": typeof types.SettingsProblemDocument,
    "\n  mutation AddAccount($input: AddAccountInput!) {\n    addAccount(input: $input) {\n      account {\n        ...AccountFields\n      }\n    }\n  }\n": typeof types.AddAccountDocument,
    "\n  mutation ChangeAccount($input: ChangeAccountInput!) {\n    changeAccount(input: $input) {\n      account {\n        ...AccountFields\n      }\n    }\n  }\n": typeof types.ChangeAccountDocument,
    "\n  mutation TestAccount($name: String!) {\n    testAccount(input: { name: $name }) {\n      account {\n        ...AccountFields\n      }\n      ok\n      code\n      message\n      seconds\n      models\n    }\n  }\n": typeof types.TestAccountDocument,
    "\n  mutation SignInAccount($name: String!) {\n    signInAccount(input: { name: $name }) {\n      account {\n        ...AccountFields\n      }\n    }\n  }\n": typeof types.SignInAccountDocument,
    "\n  mutation CheckProxy($name: String!) {\n    checkProxy(input: { name: $name }) {\n      state\n      seconds\n    }\n  }\n": typeof types.CheckProxyDocument,
    "\n  mutation RestAccount($name: String!, $until: DateTime!) {\n    restAccount(input: { name: $name, until: $until }) {\n      account {\n        ...AccountFields\n      }\n    }\n  }\n": typeof types.RestAccountDocument,
    "\n  mutation WakeAccount($name: String!) {\n    wakeAccount(input: { name: $name }) {\n      account {\n        ...AccountFields\n      }\n    }\n  }\n": typeof types.WakeAccountDocument,
    "\n  mutation DisableAccount($name: String!) {\n    disableAccount(input: { name: $name }) {\n      account {\n        ...AccountFields\n      }\n    }\n  }\n": typeof types.DisableAccountDocument,
    "\n  mutation EnableAccount($name: String!) {\n    enableAccount(input: { name: $name }) {\n      account {\n        ...AccountFields\n      }\n    }\n  }\n": typeof types.EnableAccountDocument,
    "\n  mutation RemoveAccount($name: String!) {\n    removeAccount(input: { name: $name }) {\n      name\n    }\n  }\n": typeof types.RemoveAccountDocument,
    "\n  fragment TurnFields on Turn {\n    id\n    position\n    followsTurnId\n    versions {\n      id\n    }\n    viewerCanAskAgain\n    viewerCanStop\n    prompt\n    reply\n    state\n    model\n    error {\n      code\n      message\n    }\n    usage {\n      promptTokens\n      replyTokens\n      source\n    }\n    historyLeftOut\n    createdAt\n    startedAt\n    endedAt\n    durationSeconds\n  }\n": typeof types.TurnFieldsFragmentDoc,
    "\n  fragment RelatedFields on Conversation {\n    id\n    title\n    updatedAt\n  }\n": typeof types.RelatedFieldsFragmentDoc,
    "\n  query Conversation($id: ID!, $last: Int!, $before: String, $through: ID, $whole: Boolean!) {\n    conversation(id: $id) {\n      id\n      title\n      updatedAt\n      viewerCanFollowUp\n      viewerCanContinueElsewhere\n      preamble @include(if: $whole) {\n        role\n      }\n      continues {\n        ...RelatedFields\n      }\n      continuedBy {\n        ...RelatedFields\n      }\n      turns(last: $last, before: $before, through: $through) {\n        edges {\n          node {\n            ...TurnFields\n          }\n        }\n        pageInfo {\n          hasPreviousPage\n          startCursor\n        }\n      }\n    }\n  }\n": typeof types.ConversationDocument,
    "\n  mutation Chat($input: ChatInput!) {\n    chat(input: $input) {\n      turn {\n        ...TurnFields\n      }\n      conversation {\n        ...ListedFields\n      }\n    }\n  }\n": typeof types.ChatDocument,
    "\n  mutation FollowUp($input: FollowUpInput!) {\n    followUp(input: $input) {\n      turn {\n        ...TurnFields\n      }\n      conversation {\n        ...ListedFields\n      }\n    }\n  }\n": typeof types.FollowUpDocument,
    "\n  mutation AskAgain($input: AskAgainInput!) {\n    askAgain(input: $input) {\n      turn {\n        ...TurnFields\n      }\n      conversation {\n        ...ListedFields\n      }\n    }\n  }\n": typeof types.AskAgainDocument,
    "\n  query Models {\n    models {\n      name\n      title\n    }\n  }\n": typeof types.ModelsDocument,
    "\n  mutation ContinueElsewhere($input: ContinueElsewhereInput!) {\n    continueElsewhere(input: $input) {\n      turn {\n        ...TurnFields\n      }\n      conversation {\n        ...ListedFields\n        preamble {\n          role\n        }\n        continues {\n          ...RelatedFields\n        }\n      }\n    }\n  }\n": typeof types.ContinueElsewhereDocument,
    "\n  query Preamble($id: ID!) {\n    conversation(id: $id) {\n      preamble {\n        role\n        text\n      }\n    }\n  }\n": typeof types.PreambleDocument,
    "\n  query Explain($turnId: ID!) {\n    turn(id: $turnId) {\n      explain {\n        sentence\n        rule\n        pinned\n        ready\n        busy\n        resting\n        out\n        count\n        account\n        leftOut {\n          account\n          why\n          reason\n          detail\n        }\n      }\n    }\n  }\n": typeof types.ExplainDocument,
    "\n  query Message($turnId: ID!) {\n    turn(id: $turnId) {\n      message\n    }\n  }\n": typeof types.MessageDocument,
    "\n  query Proof($turnId: ID!, $conversationId: ID!) {\n    turn(id: $turnId) {\n      receipt {\n        text\n        signature\n        key\n      }\n    }\n    conversation(id: $conversationId) {\n      integrity {\n        proven\n        complete\n        turns\n        unsigned\n        unfinished\n        problems {\n          code\n          position\n          message\n        }\n      }\n    }\n  }\n": typeof types.ProofDocument,
    "\n  mutation Stop($turnId: ID!) {\n    stop(input: { turnId: $turnId }) {\n      turn {\n        ...TurnFields\n      }\n    }\n  }\n": typeof types.StopDocument,
    "\n  subscription Reply($turnId: ID!, $after: Int!) {\n    reply(turnId: $turnId, after: $after) {\n      __typename\n      number\n      ... on ReplyWaiting {\n        place\n      }\n      ... on ReplyTextAdded {\n        text\n      }\n      ... on ReplyTextReplaced {\n        text\n      }\n      ... on ReplyTitled {\n        title\n      }\n      ... on ReplyEnded {\n        turn {\n          ...TurnFields\n        }\n      }\n    }\n  }\n": typeof types.ReplyDocument,
    "\n  fragment ListedFields on Conversation {\n    id\n    title\n    updatedAt\n    pinned\n    archived\n    tags\n    removedAt\n    viewerCanChange\n    viewerCanRemove\n  }\n": typeof types.ListedFieldsFragmentDoc,
    "\n  query Conversations($first: Int!, $after: String, $filter: ConversationFilter!, $pinned: Boolean!) {\n    conversations(first: $first, after: $after, filter: $filter) {\n      edges {\n        node {\n          ...ListedFields\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n    pinned: conversations(first: 200, filter: { pinned: true }) @include(if: $pinned) {\n      edges {\n        node {\n          ...ListedFields\n        }\n      }\n    }\n  }\n": typeof types.ConversationsDocument,
    "\n  query Tags {\n    tags {\n      tag\n      conversations\n    }\n  }\n": typeof types.TagsDocument,
    "\n  query Search($text: String!, $first: Int!, $after: String) {\n    search(text: $text, first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          conversation {\n            id\n            title\n          }\n          turn {\n            id\n          }\n          in\n          excerpt\n          marks {\n            start\n            end\n          }\n          at\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      upToDate\n    }\n  }\n": typeof types.SearchDocument,
    "\n  mutation ChangeConversation($input: ChangeConversationInput!) {\n    changeConversation(input: $input) {\n      conversation {\n        ...ListedFields\n      }\n    }\n  }\n": typeof types.ChangeConversationDocument,
    "\n  mutation RemoveConversation($id: ID!) {\n    removeConversation(input: { id: $id }) {\n      id\n    }\n  }\n": typeof types.RemoveConversationDocument,
    "\n  mutation RestoreConversation($id: ID!) {\n    restoreConversation(input: { id: $id }) {\n      conversation {\n        ...ListedFields\n      }\n    }\n  }\n": typeof types.RestoreConversationDocument,
    "\n  query FirstSteps {\n    server {\n      rehearsing\n      clientExists\n    }\n  }\n": typeof types.FirstStepsDocument,
    "\n  query Viewer {\n    viewer {\n      id\n      name\n      role\n      plus\n      viewerCanSeeAccounts\n      viewerCanManageAccounts\n      viewerCanSeeUsers\n      viewerCanIssueKeys\n      viewerCanIssueClientKeys\n    }\n    server {\n      version\n      rehearsing\n      clientExists\n    }\n  }\n": typeof types.ViewerDocument,
    "\n  query Owner {\n    viewer {\n      id\n      name\n    }\n  }\n": typeof types.OwnerDocument,
    "\n  fragment UseFields on UseRow {\n    start\n    user {\n      id\n      name\n    }\n    client {\n      id\n      name\n    }\n    account\n    model\n    prompts\n    finished\n    failed\n    stopped\n    promptTokens\n    replyTokens\n    estimatedTokens\n    estimatedPrompts\n    unknownTokens\n    seconds\n  }\n": typeof types.UseFieldsFragmentDoc,
    "\n  query Use($from: DateTime!, $to: DateTime!, $by: [UseDimension!]!, $step: UseStep!, $filter: UseFilter!) {\n    use(from: $from, to: $to, by: $by, step: $step, filter: $filter) {\n      rows {\n        ...UseFields\n      }\n    }\n  }\n": typeof types.UseDocument,
    "\n  query UserName($id: ID!) {\n    user(id: $id) {\n      id\n      name\n    }\n  }\n": typeof types.UserNameDocument,
    "\n  fragment UserFields on User {\n    id\n    name\n    role\n    plus\n    mayUsePlus\n    externalId\n    createdAt\n    disabledAt\n    mayCall\n    lastUsedAt\n    removedAt\n    viewerCanChange\n    viewerCanRemove\n    owner {\n      id\n      name\n    }\n  }\n": typeof types.UserFieldsFragmentDoc,
    "\n  query Users($first: Int!, $after: String, $filter: UserFilter) {\n    users(first: $first, after: $after, filter: $filter) {\n      edges {\n        node {\n          ...UserFields\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.UsersDocument,
    "\n  query PromptsByUser($from: DateTime!, $to: DateTime!) {\n    use(from: $from, to: $to, by: [USER]) {\n      rows {\n        user {\n          id\n        }\n        prompts\n      }\n    }\n  }\n": typeof types.PromptsByUserDocument,
    "\n  query User($id: ID!) {\n    user(id: $id) {\n      ...UserFields\n    }\n  }\n": typeof types.UserDocument,
    "\n  mutation IssueKey($input: IssueKeyInput!) {\n    issueKey(input: $input) {\n      key\n      user {\n        ...UserFields\n      }\n    }\n  }\n": typeof types.IssueKeyDocument,
    "\n  mutation ChangeUser($input: ChangeUserInput!) {\n    changeUser(input: $input) {\n      user {\n        ...UserFields\n      }\n    }\n  }\n": typeof types.ChangeUserDocument,
    "\n  mutation RemoveUser($id: ID!) {\n    removeUser(input: { id: $id }) {\n      id\n    }\n  }\n": typeof types.RemoveUserDocument,
};
const documents: Documents = {
    "\n  fragment KeyFields on Key {\n    id\n    name\n    prefix\n    createdAt\n    expiresAt\n    lastUsedAt\n    current\n    viewerCanRevoke\n  }\n": types.KeyFieldsFragmentDoc,
    "\n  query Access($userId: ID!, $from: DateTime!) {\n    user(id: $userId) {\n      id\n      keys {\n        ...KeyFields\n      }\n      use(from: $from) {\n        prompts\n        finished\n        failed\n        stopped\n        promptTokens\n        replyTokens\n        estimatedTokens\n        unknownTokens\n        seconds\n      }\n    }\n  }\n": types.AccessDocument,
    "\n  mutation AddKey($input: AddKeyInput!) {\n    addKey(input: $input) {\n      key\n      issued {\n        ...KeyFields\n      }\n    }\n  }\n": types.AddKeyDocument,
    "\n  mutation RenameKey($input: RenameKeyInput!) {\n    renameKey(input: $input) {\n      key {\n        ...KeyFields\n      }\n    }\n  }\n": types.RenameKeyDocument,
    "\n  mutation RevokeKey($id: ID!) {\n    revokeKey(input: { id: $id }) {\n      id\n    }\n  }\n": types.RevokeKeyDocument,
    "\n  query Sessions {\n    viewer {\n      id\n      sessions\n    }\n  }\n": types.SessionsDocument,
    "\n  mutation SignOutEverywhere {\n    signOutEverywhere {\n      sessions\n    }\n  }\n": types.SignOutEverywhereDocument,
    "\n  mutation RetrieveAccessToken($input: RetrieveAccessTokenInput!) {\n    retrieveAccessToken(input: $input) {\n      accessToken\n      expiresAt\n    }\n  }\n": types.RetrieveAccessTokenDocument,
    "\n  fragment AccountFields on Account {\n    id\n    name\n    kind\n    source\n    plus\n    health\n    why\n    whyCode\n    until\n    inFlight\n    concurrency\n    waiting\n    lastUsedAt\n    hasProxy\n    definition {\n      weight\n      concurrency\n      proxy\n      model\n      context\n      baseUrl\n      loginUrl\n      authUrl\n      email\n      secrets\n    }\n    viewerCanSignIn\n    viewerCanCheckProxy\n    viewerCanRemove\n  }\n": types.AccountFieldsFragmentDoc,
    "\n  subscription AccountStates {\n    accountStates {\n      ...AccountFields\n    }\n  }\n": types.AccountStatesDocument,
    "\n  query SettingsProblem {\n    server {\n      settingsProblem\n    }\n  }\n": types.SettingsProblemDocument,
    "\n  mutation AddAccount($input: AddAccountInput!) {\n    addAccount(input: $input) {\n      account {\n        ...AccountFields\n      }\n    }\n  }\n": types.AddAccountDocument,
    "\n  mutation ChangeAccount($input: ChangeAccountInput!) {\n    changeAccount(input: $input) {\n      account {\n        ...AccountFields\n      }\n    }\n  }\n": types.ChangeAccountDocument,
    "\n  mutation TestAccount($name: String!) {\n    testAccount(input: { name: $name }) {\n      account {\n        ...AccountFields\n      }\n      ok\n      code\n      message\n      seconds\n      models\n    }\n  }\n": types.TestAccountDocument,
    "\n  mutation SignInAccount($name: String!) {\n    signInAccount(input: { name: $name }) {\n      account {\n        ...AccountFields\n      }\n    }\n  }\n": types.SignInAccountDocument,
    "\n  mutation CheckProxy($name: String!) {\n    checkProxy(input: { name: $name }) {\n      state\n      seconds\n    }\n  }\n": types.CheckProxyDocument,
    "\n  mutation RestAccount($name: String!, $until: DateTime!) {\n    restAccount(input: { name: $name, until: $until }) {\n      account {\n        ...AccountFields\n      }\n    }\n  }\n": types.RestAccountDocument,
    "\n  mutation WakeAccount($name: String!) {\n    wakeAccount(input: { name: $name }) {\n      account {\n        ...AccountFields\n      }\n    }\n  }\n": types.WakeAccountDocument,
    "\n  mutation DisableAccount($name: String!) {\n    disableAccount(input: { name: $name }) {\n      account {\n        ...AccountFields\n      }\n    }\n  }\n": types.DisableAccountDocument,
    "\n  mutation EnableAccount($name: String!) {\n    enableAccount(input: { name: $name }) {\n      account {\n        ...AccountFields\n      }\n    }\n  }\n": types.EnableAccountDocument,
    "\n  mutation RemoveAccount($name: String!) {\n    removeAccount(input: { name: $name }) {\n      name\n    }\n  }\n": types.RemoveAccountDocument,
    "\n  fragment TurnFields on Turn {\n    id\n    position\n    followsTurnId\n    versions {\n      id\n    }\n    viewerCanAskAgain\n    viewerCanStop\n    prompt\n    reply\n    state\n    model\n    error {\n      code\n      message\n    }\n    usage {\n      promptTokens\n      replyTokens\n      source\n    }\n    historyLeftOut\n    createdAt\n    startedAt\n    endedAt\n    durationSeconds\n  }\n": types.TurnFieldsFragmentDoc,
    "\n  fragment RelatedFields on Conversation {\n    id\n    title\n    updatedAt\n  }\n": types.RelatedFieldsFragmentDoc,
    "\n  query Conversation($id: ID!, $last: Int!, $before: String, $through: ID, $whole: Boolean!) {\n    conversation(id: $id) {\n      id\n      title\n      updatedAt\n      viewerCanFollowUp\n      viewerCanContinueElsewhere\n      preamble @include(if: $whole) {\n        role\n      }\n      continues {\n        ...RelatedFields\n      }\n      continuedBy {\n        ...RelatedFields\n      }\n      turns(last: $last, before: $before, through: $through) {\n        edges {\n          node {\n            ...TurnFields\n          }\n        }\n        pageInfo {\n          hasPreviousPage\n          startCursor\n        }\n      }\n    }\n  }\n": types.ConversationDocument,
    "\n  mutation Chat($input: ChatInput!) {\n    chat(input: $input) {\n      turn {\n        ...TurnFields\n      }\n      conversation {\n        ...ListedFields\n      }\n    }\n  }\n": types.ChatDocument,
    "\n  mutation FollowUp($input: FollowUpInput!) {\n    followUp(input: $input) {\n      turn {\n        ...TurnFields\n      }\n      conversation {\n        ...ListedFields\n      }\n    }\n  }\n": types.FollowUpDocument,
    "\n  mutation AskAgain($input: AskAgainInput!) {\n    askAgain(input: $input) {\n      turn {\n        ...TurnFields\n      }\n      conversation {\n        ...ListedFields\n      }\n    }\n  }\n": types.AskAgainDocument,
    "\n  query Models {\n    models {\n      name\n      title\n    }\n  }\n": types.ModelsDocument,
    "\n  mutation ContinueElsewhere($input: ContinueElsewhereInput!) {\n    continueElsewhere(input: $input) {\n      turn {\n        ...TurnFields\n      }\n      conversation {\n        ...ListedFields\n        preamble {\n          role\n        }\n        continues {\n          ...RelatedFields\n        }\n      }\n    }\n  }\n": types.ContinueElsewhereDocument,
    "\n  query Preamble($id: ID!) {\n    conversation(id: $id) {\n      preamble {\n        role\n        text\n      }\n    }\n  }\n": types.PreambleDocument,
    "\n  query Explain($turnId: ID!) {\n    turn(id: $turnId) {\n      explain {\n        sentence\n        rule\n        pinned\n        ready\n        busy\n        resting\n        out\n        count\n        account\n        leftOut {\n          account\n          why\n          reason\n          detail\n        }\n      }\n    }\n  }\n": types.ExplainDocument,
    "\n  query Message($turnId: ID!) {\n    turn(id: $turnId) {\n      message\n    }\n  }\n": types.MessageDocument,
    "\n  query Proof($turnId: ID!, $conversationId: ID!) {\n    turn(id: $turnId) {\n      receipt {\n        text\n        signature\n        key\n      }\n    }\n    conversation(id: $conversationId) {\n      integrity {\n        proven\n        complete\n        turns\n        unsigned\n        unfinished\n        problems {\n          code\n          position\n          message\n        }\n      }\n    }\n  }\n": types.ProofDocument,
    "\n  mutation Stop($turnId: ID!) {\n    stop(input: { turnId: $turnId }) {\n      turn {\n        ...TurnFields\n      }\n    }\n  }\n": types.StopDocument,
    "\n  subscription Reply($turnId: ID!, $after: Int!) {\n    reply(turnId: $turnId, after: $after) {\n      __typename\n      number\n      ... on ReplyWaiting {\n        place\n      }\n      ... on ReplyTextAdded {\n        text\n      }\n      ... on ReplyTextReplaced {\n        text\n      }\n      ... on ReplyTitled {\n        title\n      }\n      ... on ReplyEnded {\n        turn {\n          ...TurnFields\n        }\n      }\n    }\n  }\n": types.ReplyDocument,
    "\n  fragment ListedFields on Conversation {\n    id\n    title\n    updatedAt\n    pinned\n    archived\n    tags\n    removedAt\n    viewerCanChange\n    viewerCanRemove\n  }\n": types.ListedFieldsFragmentDoc,
    "\n  query Conversations($first: Int!, $after: String, $filter: ConversationFilter!, $pinned: Boolean!) {\n    conversations(first: $first, after: $after, filter: $filter) {\n      edges {\n        node {\n          ...ListedFields\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n    pinned: conversations(first: 200, filter: { pinned: true }) @include(if: $pinned) {\n      edges {\n        node {\n          ...ListedFields\n        }\n      }\n    }\n  }\n": types.ConversationsDocument,
    "\n  query Tags {\n    tags {\n      tag\n      conversations\n    }\n  }\n": types.TagsDocument,
    "\n  query Search($text: String!, $first: Int!, $after: String) {\n    search(text: $text, first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          conversation {\n            id\n            title\n          }\n          turn {\n            id\n          }\n          in\n          excerpt\n          marks {\n            start\n            end\n          }\n          at\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      upToDate\n    }\n  }\n": types.SearchDocument,
    "\n  mutation ChangeConversation($input: ChangeConversationInput!) {\n    changeConversation(input: $input) {\n      conversation {\n        ...ListedFields\n      }\n    }\n  }\n": types.ChangeConversationDocument,
    "\n  mutation RemoveConversation($id: ID!) {\n    removeConversation(input: { id: $id }) {\n      id\n    }\n  }\n": types.RemoveConversationDocument,
    "\n  mutation RestoreConversation($id: ID!) {\n    restoreConversation(input: { id: $id }) {\n      conversation {\n        ...ListedFields\n      }\n    }\n  }\n": types.RestoreConversationDocument,
    "\n  query FirstSteps {\n    server {\n      rehearsing\n      clientExists\n    }\n  }\n": types.FirstStepsDocument,
    "\n  query Viewer {\n    viewer {\n      id\n      name\n      role\n      plus\n      viewerCanSeeAccounts\n      viewerCanManageAccounts\n      viewerCanSeeUsers\n      viewerCanIssueKeys\n      viewerCanIssueClientKeys\n    }\n    server {\n      version\n      rehearsing\n      clientExists\n    }\n  }\n": types.ViewerDocument,
    "\n  query Owner {\n    viewer {\n      id\n      name\n    }\n  }\n": types.OwnerDocument,
    "\n  fragment UseFields on UseRow {\n    start\n    user {\n      id\n      name\n    }\n    client {\n      id\n      name\n    }\n    account\n    model\n    prompts\n    finished\n    failed\n    stopped\n    promptTokens\n    replyTokens\n    estimatedTokens\n    estimatedPrompts\n    unknownTokens\n    seconds\n  }\n": types.UseFieldsFragmentDoc,
    "\n  query Use($from: DateTime!, $to: DateTime!, $by: [UseDimension!]!, $step: UseStep!, $filter: UseFilter!) {\n    use(from: $from, to: $to, by: $by, step: $step, filter: $filter) {\n      rows {\n        ...UseFields\n      }\n    }\n  }\n": types.UseDocument,
    "\n  query UserName($id: ID!) {\n    user(id: $id) {\n      id\n      name\n    }\n  }\n": types.UserNameDocument,
    "\n  fragment UserFields on User {\n    id\n    name\n    role\n    plus\n    mayUsePlus\n    externalId\n    createdAt\n    disabledAt\n    mayCall\n    lastUsedAt\n    removedAt\n    viewerCanChange\n    viewerCanRemove\n    owner {\n      id\n      name\n    }\n  }\n": types.UserFieldsFragmentDoc,
    "\n  query Users($first: Int!, $after: String, $filter: UserFilter) {\n    users(first: $first, after: $after, filter: $filter) {\n      edges {\n        node {\n          ...UserFields\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.UsersDocument,
    "\n  query PromptsByUser($from: DateTime!, $to: DateTime!) {\n    use(from: $from, to: $to, by: [USER]) {\n      rows {\n        user {\n          id\n        }\n        prompts\n      }\n    }\n  }\n": types.PromptsByUserDocument,
    "\n  query User($id: ID!) {\n    user(id: $id) {\n      ...UserFields\n    }\n  }\n": types.UserDocument,
    "\n  mutation IssueKey($input: IssueKeyInput!) {\n    issueKey(input: $input) {\n      key\n      user {\n        ...UserFields\n      }\n    }\n  }\n": types.IssueKeyDocument,
    "\n  mutation ChangeUser($input: ChangeUserInput!) {\n    changeUser(input: $input) {\n      user {\n        ...UserFields\n      }\n    }\n  }\n": types.ChangeUserDocument,
    "\n  mutation RemoveUser($id: ID!) {\n    removeUser(input: { id: $id }) {\n      id\n    }\n  }\n": types.RemoveUserDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment KeyFields on Key {\n    id\n    name\n    prefix\n    createdAt\n    expiresAt\n    lastUsedAt\n    current\n    viewerCanRevoke\n  }\n"): typeof import('./graphql').KeyFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Access($userId: ID!, $from: DateTime!) {\n    user(id: $userId) {\n      id\n      keys {\n        ...KeyFields\n      }\n      use(from: $from) {\n        prompts\n        finished\n        failed\n        stopped\n        promptTokens\n        replyTokens\n        estimatedTokens\n        unknownTokens\n        seconds\n      }\n    }\n  }\n"): typeof import('./graphql').AccessDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AddKey($input: AddKeyInput!) {\n    addKey(input: $input) {\n      key\n      issued {\n        ...KeyFields\n      }\n    }\n  }\n"): typeof import('./graphql').AddKeyDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RenameKey($input: RenameKeyInput!) {\n    renameKey(input: $input) {\n      key {\n        ...KeyFields\n      }\n    }\n  }\n"): typeof import('./graphql').RenameKeyDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevokeKey($id: ID!) {\n    revokeKey(input: { id: $id }) {\n      id\n    }\n  }\n"): typeof import('./graphql').RevokeKeyDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Sessions {\n    viewer {\n      id\n      sessions\n    }\n  }\n"): typeof import('./graphql').SessionsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignOutEverywhere {\n    signOutEverywhere {\n      sessions\n    }\n  }\n"): typeof import('./graphql').SignOutEverywhereDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RetrieveAccessToken($input: RetrieveAccessTokenInput!) {\n    retrieveAccessToken(input: $input) {\n      accessToken\n      expiresAt\n    }\n  }\n"): typeof import('./graphql').RetrieveAccessTokenDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment AccountFields on Account {\n    id\n    name\n    kind\n    source\n    plus\n    health\n    why\n    whyCode\n    until\n    inFlight\n    concurrency\n    waiting\n    lastUsedAt\n    hasProxy\n    definition {\n      weight\n      concurrency\n      proxy\n      model\n      context\n      baseUrl\n      loginUrl\n      authUrl\n      email\n      secrets\n    }\n    viewerCanSignIn\n    viewerCanCheckProxy\n    viewerCanRemove\n  }\n"): typeof import('./graphql').AccountFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription AccountStates {\n    accountStates {\n      ...AccountFields\n    }\n  }\n"): typeof import('./graphql').AccountStatesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SettingsProblem {\n    server {\n      settingsProblem\n    }\n  }\n"): typeof import('./graphql').SettingsProblemDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AddAccount($input: AddAccountInput!) {\n    addAccount(input: $input) {\n      account {\n        ...AccountFields\n      }\n    }\n  }\n"): typeof import('./graphql').AddAccountDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangeAccount($input: ChangeAccountInput!) {\n    changeAccount(input: $input) {\n      account {\n        ...AccountFields\n      }\n    }\n  }\n"): typeof import('./graphql').ChangeAccountDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation TestAccount($name: String!) {\n    testAccount(input: { name: $name }) {\n      account {\n        ...AccountFields\n      }\n      ok\n      code\n      message\n      seconds\n      models\n    }\n  }\n"): typeof import('./graphql').TestAccountDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignInAccount($name: String!) {\n    signInAccount(input: { name: $name }) {\n      account {\n        ...AccountFields\n      }\n    }\n  }\n"): typeof import('./graphql').SignInAccountDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CheckProxy($name: String!) {\n    checkProxy(input: { name: $name }) {\n      state\n      seconds\n    }\n  }\n"): typeof import('./graphql').CheckProxyDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RestAccount($name: String!, $until: DateTime!) {\n    restAccount(input: { name: $name, until: $until }) {\n      account {\n        ...AccountFields\n      }\n    }\n  }\n"): typeof import('./graphql').RestAccountDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation WakeAccount($name: String!) {\n    wakeAccount(input: { name: $name }) {\n      account {\n        ...AccountFields\n      }\n    }\n  }\n"): typeof import('./graphql').WakeAccountDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DisableAccount($name: String!) {\n    disableAccount(input: { name: $name }) {\n      account {\n        ...AccountFields\n      }\n    }\n  }\n"): typeof import('./graphql').DisableAccountDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EnableAccount($name: String!) {\n    enableAccount(input: { name: $name }) {\n      account {\n        ...AccountFields\n      }\n    }\n  }\n"): typeof import('./graphql').EnableAccountDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveAccount($name: String!) {\n    removeAccount(input: { name: $name }) {\n      name\n    }\n  }\n"): typeof import('./graphql').RemoveAccountDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment TurnFields on Turn {\n    id\n    position\n    followsTurnId\n    versions {\n      id\n    }\n    viewerCanAskAgain\n    viewerCanStop\n    prompt\n    reply\n    state\n    model\n    error {\n      code\n      message\n    }\n    usage {\n      promptTokens\n      replyTokens\n      source\n    }\n    historyLeftOut\n    createdAt\n    startedAt\n    endedAt\n    durationSeconds\n  }\n"): typeof import('./graphql').TurnFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RelatedFields on Conversation {\n    id\n    title\n    updatedAt\n  }\n"): typeof import('./graphql').RelatedFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Conversation($id: ID!, $last: Int!, $before: String, $through: ID, $whole: Boolean!) {\n    conversation(id: $id) {\n      id\n      title\n      updatedAt\n      viewerCanFollowUp\n      viewerCanContinueElsewhere\n      preamble @include(if: $whole) {\n        role\n      }\n      continues {\n        ...RelatedFields\n      }\n      continuedBy {\n        ...RelatedFields\n      }\n      turns(last: $last, before: $before, through: $through) {\n        edges {\n          node {\n            ...TurnFields\n          }\n        }\n        pageInfo {\n          hasPreviousPage\n          startCursor\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').ConversationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Chat($input: ChatInput!) {\n    chat(input: $input) {\n      turn {\n        ...TurnFields\n      }\n      conversation {\n        ...ListedFields\n      }\n    }\n  }\n"): typeof import('./graphql').ChatDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation FollowUp($input: FollowUpInput!) {\n    followUp(input: $input) {\n      turn {\n        ...TurnFields\n      }\n      conversation {\n        ...ListedFields\n      }\n    }\n  }\n"): typeof import('./graphql').FollowUpDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AskAgain($input: AskAgainInput!) {\n    askAgain(input: $input) {\n      turn {\n        ...TurnFields\n      }\n      conversation {\n        ...ListedFields\n      }\n    }\n  }\n"): typeof import('./graphql').AskAgainDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Models {\n    models {\n      name\n      title\n    }\n  }\n"): typeof import('./graphql').ModelsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ContinueElsewhere($input: ContinueElsewhereInput!) {\n    continueElsewhere(input: $input) {\n      turn {\n        ...TurnFields\n      }\n      conversation {\n        ...ListedFields\n        preamble {\n          role\n        }\n        continues {\n          ...RelatedFields\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').ContinueElsewhereDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Preamble($id: ID!) {\n    conversation(id: $id) {\n      preamble {\n        role\n        text\n      }\n    }\n  }\n"): typeof import('./graphql').PreambleDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Explain($turnId: ID!) {\n    turn(id: $turnId) {\n      explain {\n        sentence\n        rule\n        pinned\n        ready\n        busy\n        resting\n        out\n        count\n        account\n        leftOut {\n          account\n          why\n          reason\n          detail\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').ExplainDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Message($turnId: ID!) {\n    turn(id: $turnId) {\n      message\n    }\n  }\n"): typeof import('./graphql').MessageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Proof($turnId: ID!, $conversationId: ID!) {\n    turn(id: $turnId) {\n      receipt {\n        text\n        signature\n        key\n      }\n    }\n    conversation(id: $conversationId) {\n      integrity {\n        proven\n        complete\n        turns\n        unsigned\n        unfinished\n        problems {\n          code\n          position\n          message\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').ProofDocument;
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
export function graphql(source: "\n  fragment ListedFields on Conversation {\n    id\n    title\n    updatedAt\n    pinned\n    archived\n    tags\n    removedAt\n    viewerCanChange\n    viewerCanRemove\n  }\n"): typeof import('./graphql').ListedFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Conversations($first: Int!, $after: String, $filter: ConversationFilter!, $pinned: Boolean!) {\n    conversations(first: $first, after: $after, filter: $filter) {\n      edges {\n        node {\n          ...ListedFields\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n    pinned: conversations(first: 200, filter: { pinned: true }) @include(if: $pinned) {\n      edges {\n        node {\n          ...ListedFields\n        }\n      }\n    }\n  }\n"): typeof import('./graphql').ConversationsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Tags {\n    tags {\n      tag\n      conversations\n    }\n  }\n"): typeof import('./graphql').TagsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Search($text: String!, $first: Int!, $after: String) {\n    search(text: $text, first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          conversation {\n            id\n            title\n          }\n          turn {\n            id\n          }\n          in\n          excerpt\n          marks {\n            start\n            end\n          }\n          at\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      upToDate\n    }\n  }\n"): typeof import('./graphql').SearchDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangeConversation($input: ChangeConversationInput!) {\n    changeConversation(input: $input) {\n      conversation {\n        ...ListedFields\n      }\n    }\n  }\n"): typeof import('./graphql').ChangeConversationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveConversation($id: ID!) {\n    removeConversation(input: { id: $id }) {\n      id\n    }\n  }\n"): typeof import('./graphql').RemoveConversationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RestoreConversation($id: ID!) {\n    restoreConversation(input: { id: $id }) {\n      conversation {\n        ...ListedFields\n      }\n    }\n  }\n"): typeof import('./graphql').RestoreConversationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FirstSteps {\n    server {\n      rehearsing\n      clientExists\n    }\n  }\n"): typeof import('./graphql').FirstStepsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Viewer {\n    viewer {\n      id\n      name\n      role\n      plus\n      viewerCanSeeAccounts\n      viewerCanManageAccounts\n      viewerCanSeeUsers\n      viewerCanIssueKeys\n      viewerCanIssueClientKeys\n    }\n    server {\n      version\n      rehearsing\n      clientExists\n    }\n  }\n"): typeof import('./graphql').ViewerDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Owner {\n    viewer {\n      id\n      name\n    }\n  }\n"): typeof import('./graphql').OwnerDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment UseFields on UseRow {\n    start\n    user {\n      id\n      name\n    }\n    client {\n      id\n      name\n    }\n    account\n    model\n    prompts\n    finished\n    failed\n    stopped\n    promptTokens\n    replyTokens\n    estimatedTokens\n    estimatedPrompts\n    unknownTokens\n    seconds\n  }\n"): typeof import('./graphql').UseFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Use($from: DateTime!, $to: DateTime!, $by: [UseDimension!]!, $step: UseStep!, $filter: UseFilter!) {\n    use(from: $from, to: $to, by: $by, step: $step, filter: $filter) {\n      rows {\n        ...UseFields\n      }\n    }\n  }\n"): typeof import('./graphql').UseDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query UserName($id: ID!) {\n    user(id: $id) {\n      id\n      name\n    }\n  }\n"): typeof import('./graphql').UserNameDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment UserFields on User {\n    id\n    name\n    role\n    plus\n    mayUsePlus\n    externalId\n    createdAt\n    disabledAt\n    mayCall\n    lastUsedAt\n    removedAt\n    viewerCanChange\n    viewerCanRemove\n    owner {\n      id\n      name\n    }\n  }\n"): typeof import('./graphql').UserFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Users($first: Int!, $after: String, $filter: UserFilter) {\n    users(first: $first, after: $after, filter: $filter) {\n      edges {\n        node {\n          ...UserFields\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): typeof import('./graphql').UsersDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PromptsByUser($from: DateTime!, $to: DateTime!) {\n    use(from: $from, to: $to, by: [USER]) {\n      rows {\n        user {\n          id\n        }\n        prompts\n      }\n    }\n  }\n"): typeof import('./graphql').PromptsByUserDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query User($id: ID!) {\n    user(id: $id) {\n      ...UserFields\n    }\n  }\n"): typeof import('./graphql').UserDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation IssueKey($input: IssueKeyInput!) {\n    issueKey(input: $input) {\n      key\n      user {\n        ...UserFields\n      }\n    }\n  }\n"): typeof import('./graphql').IssueKeyDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangeUser($input: ChangeUserInput!) {\n    changeUser(input: $input) {\n      user {\n        ...UserFields\n      }\n    }\n  }\n"): typeof import('./graphql').ChangeUserDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveUser($id: ID!) {\n    removeUser(input: { id: $id }) {\n      id\n    }\n  }\n"): typeof import('./graphql').RemoveUserDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
