import { expect, needsChromium, test } from "./story";

needsChromium();

test("an admin reads another's conversation, and is offered nothing that is its owner's alone", async ({ admin, server, request }) => {
  const headers = { authorization: `Bearer ${await server.key("olga")}` };
  const query = 'mutation { chat(input: {prompt: "Why tides?"}) { conversation { id } } }';
  const answer = await request.post(`${server.url}/graphql`, { headers, data: { query } });
  const { id } = ((await answer.json()) as { data: { chat: { conversation: { id: string } } } }).data.chat.conversation;

  await admin.goto(`/chat/${id}`);
  await expect(admin.getByRole("region", { name: "Transcript" })).toContainText("Why tides?");
  await expect(admin.getByText("This conversation is another user's")).toBeVisible();
  await expect(admin.getByRole("textbox", { name: "Prompt" })).toHaveCount(0);
  await expect(admin.getByRole("button", { name: "Ask again" })).toHaveCount(0);
});
