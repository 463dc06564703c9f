/** The running server that a file of tests is given, and what all of them ask it. */
export const url = process.env.URL;
export const adminKey = process.env.ADMIN_KEY;
export const userKey = process.env.USER_KEY;
export const strangerKey = process.env.STRANGER_KEY;

export const VIEWER = "{ viewer { name } }";
export const CHAT = `mutation ($input: ChatInput!) { chat(input: $input) { turn { id reply state } conversation { id } } }`;
export const REPLY = `subscription ($turnId: ID!, $after: Int!) { reply(turnId: $turnId, after: $after) {
  __typename number
  ... on ReplyTextAdded { text } ... on ReplyTextReplaced { text } ... on ReplyTitled { title }
  ... on ReplyEnded { turn { state reply } } } }`;

export const bearer = (key) => ({ authorization: `Bearer ${key}` });

/** One answer by POST, decoded. */
export async function post(query, variables, key = userKey) {
  const headers = { ...bearer(key), "content-type": "application/json" };
  const answer = await fetch(`${url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query, variables }) });
  return answer.json();
}

/** The id of a turn whose reply is being written. */
export async function asked(prompt) {
  const { data } = await post(CHAT, { input: { prompt, wait: false } });
  return data.chat.turn.id;
}

/** What a client keeps of a reply that it follows. */
export class Reader {
  text = "";
  after = 0;
  end = null;
  title = null;
  numbers = [];

  take(event) {
    if (event.__typename === "ReplyTextAdded") this.text += event.text;
    if (event.__typename === "ReplyTextReplaced") this.text = event.text;
    if (event.__typename === "ReplyTitled") this.title = event.title;
    if (event.__typename === "ReplyEnded") this.end = event.turn;
    if (event.number > 0) {
      this.numbers.push(event.number);
      this.after = event.number;
    }
  }

  /** Whether every character came once and in order, up to the end and with the title. */
  get whole() {
    const inOrder = this.numbers.every((number, index) => index === 0 || number > this.numbers[index - 1]);
    return inOrder && this.text !== "" && this.text === this.end?.reply && this.title !== null;
  }
}

/** What a promise is rejected with. */
export async function refusal(promise) {
  return promise.then(
    (value) => Promise.reject(new Error(`not refused: ${JSON.stringify(value)}`)),
    (reason) => reason,
  );
}
